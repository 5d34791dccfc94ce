"""English words that a verifier must know: what negates, what hedges, what is opposite and what means the same."""

from collections.abc import Mapping

from service.verifying.tokens import stem


def _stems(words: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words.split())


def _families(groups: str) -> Mapping[str, int]:
    """The number of its group for each stem; a stem belongs to the first that has it. Semicolons part the groups."""
    numbered: dict[str, int] = {}
    for number, group in enumerate(groups.split(";"), start=1):
        for word in group.split():
            numbered.setdefault(stem(word), number)
    return numbered


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _pairs(text: str) -> frozenset[str]:
    """Each word of a group before the group's last one; semicolons part the groups."""
    groups = (group.split() for group in text.split(";"))
    return frozenset(f"{word} {last}" for *words, last in groups for word in words)


FUNCTION = _words(
    "a about above across after again against all almost along already also although am among an and another any are "
    "around as at be because been before being below between both but by can could despite did do does doing down due "
    "during each either even ever every few for from further had has have having he her here hers him his how however "
    "i if in including instead into is it its itself just last later least less like many may me meanwhile might more "
    "moreover most mr mrs ms much must my nearly neither next no nor not now of off on once one only or other our "
    "out over own per rather same several shall she should since so some soon still such than that the their them "
    "then there these they this those though through thus to today together too toward towards under until up upon us "
    "very via was we were what when where whether which while who whom whose why will with within without would yet "
    "you your nobody nothing none never maybe perhaps some everyone everything someone anyone according amid beyond "
    "whenever wherever whereas thanks"
)
ENGLISH = _words(
    "the of and to in is was were has have had will for with that by from said at it its be been are as this they "
    "their not an would"
)
FOREIGN = _words(
    "le la les des du et est une un ne pas que qui dans pour sur au aux el los las del y en con por una der die das "
    "und ist nicht mit von den il della che per di gli e o os da do uma não na no het een van niet zijn"
)

NEGATORS = _words(
    "not no never neither nor none nobody nothing nowhere without cannot hardly barely scarcely unlikely false "
    "untrue non"
)
DENYING_PREFIXES = ("un", "im", "in", "ir", "il", "dis", "non")
NEGATING = _stems(
 "deny denies denied refuse refused reject rejected fail failed lack lacked stop stopped halt halted cancel "
 "cancelled scrap scrapped abandon abandoned avoid avoided prevent prevented ended quit cease ceased "
 "overturn overturned"
)
LIGHT = FUNCTION | _words(
    "true case clear certain known think believe say said says expected expect able longer been evidence sign "
    "reason plan plans planned planning set going likely really yet"
)

_HEDGES = """
may might could can possibly perhaps maybe possible potential potentially possibility; would; will shall 'll; plan
plans planned planning intend intends intended aim aims aimed propose proposes proposed hope hopes hoped want wants
wanted seek seeks sought hoping wish mean means; alleged alleges alleging allegedly reportedly rumoured rumored rumour
suspected purported purportedly supposedly accused unconfirmed; likely probably expected expects forecast forecasts
predicted projected predicts; appear appears appeared seem seems seemed apparently suggests suggested believed
thought; almost nearly partly partially; try tries tried attempt attempts attempted; threaten threatens threatened;
should ought supposed; if unless whether provided
"""
HEDGES = {
    word: number for number, group in enumerate(_HEDGES.split(";"), start=1) for word in group.split()
}
FUTURE = HEDGES["will"]
DUE = len(HEDGES) + 1  # "is to", "agreed to", "set to"
ALMOST = HEDGES["almost"]
# Words that hedge only what stands behind them with "to" or "that": "it appears to work", but "the report appeared".
BEFORE_TO = frozenset(
    {
        word for word in HEDGES
        if HEDGES[word] in (HEDGES["plan"], HEDGES["appear"], HEDGES["try"], HEDGES["threaten"]) or word == "expects"
    }
    - {"apparently", "proposed", "planned", "attempted"}
    | {"supposed"}
)
# What a hedge of the one kind is proved by beside its own: it says no more than they do.
WEAKER = {
    HEDGES["plan"]: frozenset({FUTURE, DUE}),
    HEDGES["likely"]: frozenset({FUTURE, DUE, HEDGES["plan"]}),
    HEDGES["would"]: frozenset({FUTURE, DUE, HEDGES["plan"]}),
    FUTURE: frozenset({DUE, HEDGES["would"]}),
    DUE: frozenset({FUTURE, HEDGES["plan"]}),
}

_OPPOSITES = """
rise rises rose risen rising increase increased grow grew grown growth climb climbed gain gained jump jumped soar
soared up higher raise raised surge expand expanded | fall falls fell fallen falling decrease decreased decline
declined shrink shrank drop dropped lose lost plunge plunged down lower lowered cut reduce reduced slump ease eased
contract contracted; success successful succeed succeeded win won victory | mistake failure fail failed failing lose
lost loss defeat defeated disaster; open opened reopen reopened begin began begun start started launch launched |
close closed shut end ended finish finished stop stopped halt halted suspend suspended; accept accepted approve
approved agree agreed endorse endorsed support supported welcome welcomed allow allowed permit permitted back backed
praise praised | reject rejected refuse refused oppose opposed veto vetoed condemn condemned ban banned forbid forbade
prohibit prohibited block blocked denounce denounced criticise criticised criticize criticized; buy bought import
imports imported purchase purchased | sell sold export exports exported; good better best positive strong stronger |
bad worse worst negative weak weaker; first earlier early | last later late; more most above over majority | less
fewer least below under minority; include included including with | exclude excluded excluding without; join joined
enter entered arrive arrived | leave left exit exited withdraw withdrew depart departed; confirm confirmed admit
admitted acknowledge | deny denied; guilty convicted | innocent acquitted cleared; alive survive survived | dead die
died killed; safe | dangerous unsafe; temporary provisional interim | permanent final definitive; mandatory compulsory
required | voluntary optional; public | private; north northern | south southern; east eastern | west western; man men
male | woman women female; hire hired | fire fired dismiss dismissed; import | export; add added | remove removed;
ally friend | enemy rival; profit | loss; hot warm | cold cool; arrest arrested detain detained jail jailed imprison
imprisoned capture captured | release released free freed acquit acquitted; build built construct | demolish
demolished destroy destroyed; attack attacked invade | defend defended protect protected retreat retreated; rescue
rescued save saved | kill killed; remember recall | forget forgot; love loved like | hate hated; borrow borrowed |
lend lent; teach | learn; appoint appointed | dismiss dismissed; expensive dear | cheap; legal lawful | illegal
unlawful; easy simple | difficult hard; possible | impossible; likely | unlikely; able | unable; true correct right
accurate | false wrong incorrect untrue; full | empty; wet | dry; long longer | short shorter brief; large big larger
bigger largest biggest huge | small smaller smallest tiny little; old older oldest | new newer young younger youngest;
fast faster quick quickly rapid | slow slower slowly; rich wealthy | poor; deep | shallow; wide widen widened broaden
| narrow narrowed; always | never; everyone everybody all | nobody none; top best | bottom worst; victory triumph |
defeat; hope optimism optimistic | despair pessimism pessimistic fear; advantage benefit | disadvantage drawback;
ahead | behind; inside | outside; agree agreed | disagree disagreed; appear appeared | disappear disappeared vanish;
attend attended | miss missed skip; strengthen strengthened tighten tightened | weaken weakened loosen loosened relax
relaxed; accelerate accelerated | slow slowed; extend extended lengthen | shorten shortened; continue continued resume
resumed | stop stopped suspend suspended pause cancel cancelled; restore restored | remove removed; reveal revealed
disclose | hide hid conceal concealed; encourage encouraged | discourage discouraged; improve improved | worsen
worsened deteriorate deteriorated; upgrade | downgrade; majority most | minority few; plus | minus; safe safely |
dangerous risky; married | divorced; employed | unemployed; urban | rural; domestic | foreign; odd | even; peace truce
| war; arrival | departure; entrance | exit; supply | demand; guilt | innocence; loyal | disloyal; popular |
unpopular; legalise legalize | outlaw criminalise; friendly | hostile; calm | violent; healthy well | sick ill; left |
right; husband | wife; father | mother; son | daughter; brother | sister; boy | girl; king | queen; morning | evening;
day daily | night nightly; summer | winter; spring | autumn; upper | lower; major | minor; partial | complete full
whole; unanimous unanimously | divided narrowly; narrowly | widely overwhelmingly; voluntarily | forcibly;
successfully | unsuccessfully; increase | cut; loosely | strictly; proved proven | disproved disproven; support |
oppose
"""
OPPOSITES = tuple(
    (_stems(left), _stems(right)) for left, right in (pair.split("|") for pair in _OPPOSITES.split(";"))
)

SAME = _families(
    """
say says said saying tell tells told state stated announce announced announces add added note noted declare declared
explain explained remark remarked comment commented report reported; cut cuts cutting lower lowers lowered lowering
reduce reduces reduced reduction ease eases eased; rise rises rose risen increase increases increased climb climbs
climbed grow grew grown go went; fall falls fell fallen decline declines declined drop drops dropped decrease
decreases decreased; begin begins began begun start starts started; end ends ended finish finishes finished conclude
concludes concluded; buy buys bought purchase purchases purchased; sell sells sold; show shows showed shown reveal
reveals revealed; ask asks asked request requests requested urge urged; help helps helped aid aided assist assisted;
meet meets met meeting; reach reaches reached strike strikes struck; sign signs signed signing; levy levies tariff
tariffs duty duties; deal deals agreement agreements accord accords pact; car cars vehicle vehicles auto autos
automobile automobiles; talks negotiation negotiations discussion discussions; farmer farmers grower growers producer
producers; company companies firm firms business businesses; kill killed die died dead; hurt injure injured wounded;
about concerning regarding; big large huge; leader leaders head; child children kid kids; doctor doctors physician
physicians; let allow allows allowed permit permits permitted; need needs needed require requires required; keep keeps
kept retain retained; make makes made; give gives gave given; take takes took taken; come comes came; get gets got
"""
)
NAMES_ALIKE = _families(
    """
canada canadian canadians; china chinese; us u.s usa american americans america; uk u.k britain british briton britons;
france french; germany german germans; japan japanese; india indian indians; russia russian russians; ukraine ukrainian
ukrainians; mexico mexican mexicans; australia australian australians; europe european europeans eu; saskatchewan sask;
ontario ont; manitoba man; alberta alta; italy italian italians; spain spanish spaniards; poland polish poles; greece
greek greeks; turkey turkish turks; israel israeli israelis; palestine palestinian palestinians; iran iranian iranians;
iraq iraqi iraqis; syria syrian syrians; egypt egyptian egyptians; lebanon lebanese; jordan jordanian jordanians; korea
korean koreans; vietnam vietnamese; thailand thai thais; indonesia indonesian indonesians; pakistan pakistani
pakistanis; afghanistan afghan afghans; brazil brazilian brazilians; argentina argentine argentinian argentines; chile
chilean chileans; colombia colombian colombians; venezuela venezuelan venezuelans; cuba cuban cubans; haiti haitian
haitians; nigeria nigerian nigerians; kenya kenyan kenyans; ethiopia ethiopian ethiopians; sudan sudanese; ireland
irish; scotland scottish scots; wales welsh; england english; sweden swedish swedes; norway norwegian norwegians;
denmark danish danes; finland finnish finns; netherlands dutch; belgium belgian belgians; switzerland swiss; austria
austrian austrians; hungary hungarian hungarians; romania romanian romanians; portugal portuguese; taiwan taiwanese;
philippines philippine filipino filipinos; malaysia malaysian malaysians; singapore singaporean; africa african
africans; asia asian asians; saudi saudis; qatar qatari; yemen yemeni yemenis; libya libyan libyans; cyprus cypriot;
iceland icelandic; serbia serbian serbs; croatia croatian croats; bulgaria bulgarian; czech czechs czechia; peru
peruvian; bolivia bolivian; zealand zealander zealanders; somalia somali somalis; georgia georgian georgians; armenia
armenian armenians; slovakia slovak slovaks; bangladesh bangladeshi bangladeshis; ghana ghanaian ghanaians; kuwait
kuwaiti kuwaitis; lanka lankan lankans; rica rican ricans; salvador salvadoran salvadorans; tibet tibetan tibetans;
morocco moroccan moroccans; nepal nepali nepalese; kazakhstan kazakh kazakhs; uzbekistan uzbek uzbeks; congo
congolese; malta maltese; oman omani omanis; bahrain bahraini bahrainis; emirates emirati emiratis; laos laotian;
burma burmese; mali malian malians; chad chadian; gabon gabonese; togo togolese; rwanda rwandan rwandans; fiji fijian;
madagascar malagasy; kyrgyzstan kyrgyz; tajikistan tajik tajiks; monaco monegasque; kosovo
kosovar kosovars;
kremlin; east eastern; west western; north northern; south southern
"""
)
# Capitals that stand for their governments, unless a word of place stands before them.
CAPITALS = {
    name: NAMES_ALIKE[stem(country)]
    for name, country in (
        ("beijing", "china"), ("ottawa", "canada"), ("washington", "us"), ("moscow", "russia"), ("kremlin", "russia"),
        ("london", "uk"), ("kyiv", "ukraine"), ("tokyo", "japan"), ("berlin", "germany"), ("paris", "france"),
        ("delhi", "india"), ("tehran", "iran"), ("jerusalem", "israel"), ("ankara", "turkey"), ("rome", "italy"),
        ("madrid", "spain"), ("canberra", "australia"), ("seoul", "korea"), ("brussels", "eu"),
    )
}
# Words that make a hedge of what is said with them: "he fears that it repeats" says that it would repeat.
PROOF = {
    HEDGES["may"]: _stems("allow enable risk able capable danger"),
    HEDGES["likely"]: _stems("expect forecast predict project anticipate think believe"),
    HEDGES["appear"]: _stems("believe think suspect suggest say"),
    HEDGES["plan"]: _stems("ask seek request apply agree decide promise pledge vow prepare ready"),
    HEDGES["would"]: _stems("fear worry hope expect warn threaten believe think predict forecast want wish seek plan"),
    FUTURE: _stems("vote contract"),
    DUE: _stems("vote contract must"),
    HEDGES["should"]: _stems("advise recommend urge call must need want demand suggest propose due"),
}
PENDING = _stems("still need must await pending")  # what has yet to be
PLACING = _words("in at near to from outside around through across into via inside leave left visit visited")
PARTICLES = _words("van von der den de del della di da dos du la le al el bin ibn ben ter")  # inside a name
TITLES = _words(
    "prime minister president premier mr mrs ms dr sir senator sen mayor governor gov secretary chancellor king queen "
    "prince princess chief executive director chair chairman chairwoman professor prof judge justice captain general "
    "colonel sergeant constable rev former deputy vice foreign finance trade agriculture health official officials "
    "spokesman spokeswoman spokesperson minister's"
)
EXACT = _stems(
    "half twice double triple quarter dozens hundreds thousands millions billions yesterday tomorrow tonight today "
    "spring summer winter majority minority all only every always sole entire"
)
BEING = _words("is are was were be been being")
OVER = _words("over exceed exceeding above exceeds exceeded")
UNDER = frozenset({"under", "nearly", "almost", "below", "within"})
OVER_TWO = _pairs("more greater higher larger longer older bigger heavier than; at least; few little low as")
UNDER_TWO = _pairs(
    "less fewer lower smaller shorter younger lighter than; at most; up close to; many much long high as"
)
OVER_BEHIND = frozenset({"or more", "or longer", "or older", "or higher", "or above"})
UNDER_BEHIND = frozenset({"or less", "or fewer", "or younger", "or lower", "or below"})
NEAR = frozenset({"about", "around", "roughly", "approximately", "estimated", "approx", "circa", "some"})
SPEECH = _stems(
    "say says said tell tells told state stated announce announced add added declare declared explain explained "
    "write wrote warn warned argue argued insist insisted reply replied note noted ask asked claim claimed report "
    "reported deny denied promise promised remark remarked comment commented joke joked respond responded"
)
THOUGHT = SPEECH | _stems(
    "think believe worry fear hope judge estimate consider regard call count advise see doubt expect find conclude "
    "describe teach describe recommend urge predict forecast suspect suggest accuse feel reckon maintain testify tweet "
    "post rule criticise criticize praise point cite acknowledge admit confirm reveal stress emphasise emphasize quote"
)
ATTRIBUTING = _stems("say tell state announce add declare explain write warn argue insist reply note remark speak")
OF_MEN = _words("he him himself his mr")
OF_WOMEN = _words("her hers herself miss mrs ms she")
PRONOUNS = _words("he she they it who i we you that which")
