"""Words that news uses for one another where no dictionary has them together: a stem in, the stems like it out.

A word may stand in several families; sharing one makes two words alike, and nothing goes on from there to a third.
"""

from collections.abc import Mapping

from service.verifying.tokens import stem

_FAMILIES = """
host hold organise organize stage run; arrest detain capture apprehend seize jail imprison custody; achieve meet reach
fulfil fulfill accomplish attain do; slow lower reduce drop; fall decline drop decrease lower slide slip dip sink
tumble plunge plummet slump shrink ease retreat; rise increase climb grow jump surge soar gain go up higher; cut
reduce lower slash trim curb ease decrease shrink axe halve; ship sell export send supply deliver; go sell send ship
travel bound destine; overdue late delayed; anyway regardless nevertheless still; warn worry fear concern caution
alarm; resign quit step leave depart stand exit; return come go back resume; overturn throw quash reverse strike annul
void cancel; cite point mention refer blame due because; withdraw recall pull remove retract; damage destroy wreck
ruin hit harm; say claim tell state according call describe argue assert insist remark comment explain note add write;
company firm business corporation enterprise group maker manufacturer; vow promise pledge commit swear undertake; axe
cut scrap abolish end eliminate drop; dismiss fire sack lay oust remove; resign retire step; announce unveil reveal
disclose declare publish release issue present; say announce declare confirm; begin start open launch commence kick
initiate set; end finish conclude close stop expire lapse run terminate complete; continue remain stay last persist go
keep; last take span continue run; open inaugurate launch unveil; close shut shutter; buy purchase acquire get take;
build construct erect create make; make produce manufacture build create; show reveal find indicate suggest
demonstrate; find discover detect spot locate uncover learn determine; find conclude rule decide determine; decide
choose opt agree resolve vote; approve pass back endorse adopt accept authorise authorize clear ratify favour favor;
reject refuse decline deny dismiss oppose turn rebuff rebuffed spurn; oppose object resist criticise criticize
condemn against; criticise
criticize attack condemn blast slam denounce call fault blame; praise welcome applaud hail laud commend greet; support
back favour favor endorse help aid; help assist aid support; hurt injure wound harm; kill die death dead fatal lose
life victim claim; injure hurt wound casualty; rescue save free pull; hit strike affect damage batter; attack strike
raid assault hit; fight combat tackle battle counter against; protest demonstrate rally march; demand call seek want
request urge; ask request urge call appeal seek invite; want seek wish hope aim desire need like; plan intend aim mean
expect propose prepare hope set; try attempt seek strive; need require must demand necessary have; let allow permit
enable authorise authorize admit; ban bar prohibit forbid block outlaw stop; limit cap restrict curb ceiling; impose
levy place put set charge slap introduce; charge levy impose tax collect; pay spend cost fund finance; cost price
worth value; earn make receive get gain; receive get obtain gain accept collect; give hand provide grant award offer
supply send; offer provide propose give present; name appoint choose pick select elect; name identify call title; lead
head run chair direct manage govern oversee; leader head chief president boss chair; councillor councilor alderman;
employ work job hire staff have;
hire recruit employ take; worker employee staff labourer laborer; job work position post employment; live reside home
inhabit; resident inhabitant local citizen villager townspeople; home house dwelling residence household property;
move relocate shift transfer go; travel journey trip visit go tour fly; visit tour trip travel; arrive come land reach
touch; leave depart go exit set; meet gather convene talk; talk speak discuss negotiate converse say; talk negotiation
discussion meeting; agree accept consent deal sign; agreement deal pact accord treaty contract arrangement
understanding; sign agree ink conclude strike; dispute row quarrel conflict disagreement argument; cooperate work
collaborate together joint partner; share divide split; join merge unite combine; split divide separate; win secure
gain take claim earn; lose forfeit miss; beat defeat win; vote ballot poll elect choose; poll survey study; study
research report analysis survey investigation; scientist researcher expert academic; expert analyst specialist;
inquiry investigation probe commission examination; investigate examine probe study look review inspect; check inspect
examine test verify; court judge tribunal justice bench; rule decide judge order; order command instruct direct tell;
sue claim lawsuit suit litigation; accuse charge allege blame; convict sentence guilty; jail imprison sentence prison;
police officer force constable; fire blaze flame burn; firefighter crew; flood inundate water swamp; storm hurricane
cyclone; rain shower downpour; quake earthquake tremor; crash collide accident collision; vehicle car auto automobile
truck; ship vessel boat ferry; plane aircraft jet airliner; road street route highway; bridge crossing span; school
college; pupil student; teacher instructor educator teach; doctor physician medic; hospital clinic; illness disease
sick ill; medicine drug medication; vaccine jab shot inoculation vaccinate; child kid youngster youth minor; parent
mother father; woman female; man male; people person resident individual; fan supporter; player athlete; team side
squad club; match game contest; coach trainer manager; film movie picture; tv television; show programme program
series; book volume;
money fund cash funding dollar; budget spending; tax levy duty tariff; tariff duty levy tax; trade commerce business;
market sale; customer buyer client shopper consumer; buyer purchaser customer; seller vendor supplier; farm grower
farmer producer agriculture; farmer grower producer; grow plant cultivate raise produce farm seed sow; crop harvest;
plant seed sow; fish catch harvest; factory plant mill facility works; office headquarters base; shop store retailer
outlet; bank lender; loan debt credit; share stock; profit earning gain; percent percentage share proportion; most
majority; half fifty; double twice twofold; decade ten; autumn fall; summer july august june; year annual yearly;
month monthly; week weekly; day daily; now current present today; earlier previous before prior former past; former ex
once previous earlier; later after subsequently then; soon shortly; still remain yet continue; again repeat once;
early start beginning; big large huge great major massive significant; biggest largest greatest; small little minor
slight tiny; smallest least; main chief principal primary major key central; important key significant crucial vital;
new fresh latest recent; old ancient aged; good positive favourable favorable well; bad poor negative; hard difficult
tough; easy simple; quick fast rapid swift; slow gradual; strong powerful; weak feeble; sharp steep; steep sharp heavy
high; high elevated; cheap inexpensive low; expensive costly high; rich wealthy; poor impoverished; safe secure;
dangerous hazardous risky unsafe; illegal unlawful illicit; legal lawful; whole entire complete full; part portion
section share; total sum overall altogether; number figure count total tally; figure number amount; amount quantity
sum volume; level rate; reason cause why because; cause prompt lead trigger bring make result spark force due; result
outcome consequence lead; effect impact consequence force; change alter modify shift amend adjust revise; improve
better upgrade boost enhance; renovate overhaul upgrade refurbish rebuild repair restore renovation; repair fix mend
rebuild; replace substitute swap; expand extend enlarge grow widen broaden; extend prolong lengthen continue renew;
delay postpone defer put push late; stop halt end cease suspend quit discontinue; suspend halt pause stop freeze;
cancel scrap call abandon drop withdraw; keep retain hold maintain preserve stay; store stock storage hold keep; hold
contain take carry store have; carry hold transport bear take; bring take carry deliver; take bring carry need
require; use employ utilise utilize apply; reuse recycle; copy imitate mirror follow mimic match emulate echo; follow
track trail monitor; track follow monitor trace; watch observe monitor see; see view regard watch consider; view
opinion see stance position belief; believe think feel consider hold view; consider regard see view deem call count;
expect predict forecast anticipate project foresee; estimate reckon calculate put guess; hope want wish optimistic;
fear worry dread afraid concern; doubt sceptical skeptical question unsure uncertain distrust; know aware; learn
discover hear find; remember recall; forget overlook; teach instruct lecture; advise counsel recommend suggest urge;
suggest propose recommend indicate; goal aim purpose objective target intention; aim goal target; purpose aim goal
point; way method means; step measure move action; measure step action policy move; plan proposal scheme project
strategy; project scheme plan; law legislation act statute bill; rule regulation law; limit boundary; area region
district zone; region area province territory; town city municipality village community; city municipal town urban;
country nation state land; government state administration authority cabinet; official authority representative;
minister secretary; parliament legislature lawmaker; lawmaker legislator politician mp senator; opposition opponent
rival; rival opponent competitor; ally partner friend; army military troop soldier force; soldier troop; weapon arm
gun; war conflict fighting; peace truce ceasefire; refugee migrant; border frontier; sea ocean marine; river stream;
hill slope mountain; forest wood tree; energy power electricity; power electricity; oil petroleum crude; gas fuel;
water drinking; food meal; drink beverage; basis strength ground foundation; verdict judgment opinion finding; verdict
decision ruling; message statement; statement declaration remark comment; phone telephone call ring; call phone
telephone; letter message mail; publish release issue print appear; appear emerge surface publish; emerge surface
appear; mistake error wrong fault flaw; wrong mistaken incorrect false; error mistake; problem issue trouble
difficulty; trouble problem difficulty; risk danger threat hazard; threat danger menace risk; crisis emergency; chance
possibility opportunity likelihood; opportunity chance opening; trace remnant; inhale breathe inhalation; treat care;
notice announcement; empty vacant; dry empty; wet fill; fill load; gift present donate; donate give contribute;
protect guard shield defend safe; defend protect back; steal rob loot theft take; rob steal; loot steal plunder; give
return hand restore; repay return; vote favour; tie draw; shout cry yell; depend rely; rely depend dependent; favour
prefer like; obliged require must force bound need have; force compel oblige make; compel force; willing ready
prepared; ready prepared; refuse decline reject; party side; side party; side part end; both two; pair two couple;
couple pair two;
several many number; many numerous; few handful; leave remain; remain leave stay still keep; stay remain keep;
unchanged same level steady stand remain; stand be remain; seek look search; search look hunt; look seek; bakery
baker; treasurer treasury; conviction convict; approval approve ratify consent; restrict limit; abroad overseas
foreign; foreign overseas international; international global world; worldwide global; global world; nationwide
national; national country; tech technology; co-op cooperative; govt government; exam examination; photo photograph;
ad advertisement; auto automobile; bike bicycle; lab laboratory; flu influenza
"""


def _read() -> Mapping[str, frozenset[int]]:
    families: dict[str, set[int]] = {}
    for number, family in enumerate(_FAMILIES.split(";")):
        for word in family.split():
            families.setdefault(stem(word), set()).add(number)
    return {word: frozenset(numbers) for word, numbers in families.items()}


_MEMBERS = _read()
_NONE = frozenset[int]()


def families_of(stem: str) -> frozenset[int]:
    """The numbers of the families that a stem stands in."""
    return _MEMBERS.get(stem, _NONE)
