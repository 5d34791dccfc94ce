"""English words by what they do in a sentence: small closed lists, and what their endings say of all others."""

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ASKING = _words("who whom whose what which when where why how")
INVERTING = _words(  # what stands before the subject of a question
    "do does did is are was were am has have had will would can could may might shall should must isn't aren't ought "
    "wasn't weren't doesn't don't didn't hasn't haven't hadn't won't wouldn't can't couldn't shouldn't mustn't"
)
BEING = _words("is are was were am be been being isn't aren't wasn't weren't")
PREPOSITIONS = _words(
    "about above across after against along amid among around as at before behind below beneath beside besides between "
    "beyond by concerning despite down during except for from in inside into like near of off on onto out outside over "
    "past per regarding since than through throughout till to toward towards under until up upon versus via with "
    "within without"
)
PARTICLES = _words("down off out over up")  # of a verb: "laid off"
ABOUT = _words("about on for regarding concerning over")  # what a topic may stand behind
JOINING = _words(
    "and or but nor so yet if whether because while when once unless although though that which who whom"
)
BOUNDARIES = _words(
    "and or but if whether because while when after before once until unless although though which who"
)
DETERMINERS = _words(
    "the a an this that these those its his her their our my your no every each any some all both"
)
PRONOUNS = _words(
    "i you he she it we they me him us them one ones someone anyone everyone nobody there here himself herself"
)
TOO = _words(
    "too also again then either instead afterwards later exactly now still already ever just even only so not yet"
)
THIN = _words(  # what says nothing without what it is said of
    "right wrong true false close final sure same agree agreed disagree enough official certain new fair likely "
    "expected due done happen happened happens matter work worked tho really actually yes no okay"
)
ADJECTIVES = _words(
    "allowed bad big binding cheap common different easy expensive fast good great hard high illegal large legal low "
    "normal official old rare realistic risky safe serious slow small strange typical unusual usual young"
)
NUMBERS = _words("two three four five six seven eight nine ten eleven twelve")
SAYING = _words(
    "say says said think thinks thought believe believes mean means meant answer answered write wrote claim"
)
DEALING = _words(  # what somebody does, and no thing
    "agree announce buy decide demand expect export gain get give hope impose import offer pay plan promise propose "
    "react receive respond retaliate sell threaten want"
)
TELLING = SAYING | _words("agree announce argue ask call decide demand expect offer plan promise propose tell want")
TITLES = {  # the gender that each tells, where it tells one
    "mr": "m", "mr.": "m", "sir": "m", "mrs": "f", "mrs.": "f", "ms": "f", "ms.": "f", "miss": "f", "madame": "f",
    "dr": "", "dr.": "", "premier": "", "president": "", "minister": "", "mayor": "", "senator": "", "sen.": "",
    "governor": "", "gov.": "", "rep.": "", "representative": "", "gen.": "", "speaker": "", "chancellor": "",
    "judge": "", "justice": "", "captain": "", "chief": "",
    "councillor": "", "reeve": "", "professor": "", "prof.": "", "ambassador": "", "king": "m", "queen": "f",
    "prince": "m", "princess": "f", "pope": "m", "coach": "", "inspector": "", "detective": "", "sheriff": "",
    "general": "", "secretary": "", "superintendent": "",
}
PERSONS = _words(  # nouns for one person
    "activist actor actress administrator adviser advisor ambassador analyst archbishop architect artist astronaut "
    "athlete author baker banker biologist bishop boss buyer candidate captain chair chairman chairperson chairwoman "
    "challenger champion chancellor chef chief citizen coach comedian commissioner composer conductor contender "
    "councillor critic curator customer cyclist dancer dealer designer detective diplomat director doctor driver "
    "drummer economist editor engineer entrepreneur envoy executive expert fan farmer firefighter fisherman footballer "
    "founder general geologist governor grower guard guitarist historian hunter hydrologist incumbent inspector "
    "journalist judge king laureate lawmaker lawyer leader librarian magistrate man manager mayor migrant miner "
    "minister musician negotiator neighbor neighbour nominee novelist nurse officer official organiser organizer owner "
    "painter paramedic parent passenger patient pensioner physician physicist pilot player poet politician premier "
    "president priest prince princess principal prisoner producer professor prosecutor protester psychologist "
    "publisher pupil queen ranger rapper reeve refugee reporter researcher resident rider runner sailor scientist "
    "sculptor secretary senator shareholder shopper singer skipper soldier spokesman spokesperson spokeswoman striker "
    "student superintendent supervisor surgeon survivor suspect swimmer taxpayer teacher tenant trader treasurer "
    "trustee veterinarian victim villager violinist visitor volunteer voter warden winner witness woman worker writer"
)
GROUPS = _words(  # nouns for many who act as one
    "administration agency alliance assembly association authority bank board brigade bureau cabinet center centre "
    "choir club co-op co-operative coalition college commission committee community company congress consortium "
    "cooperative corporation council court crew department family federation firm fleet force foundation government "
    "group guild hospital institute jury league library mill mine ministry municipality museum opposition orchestra "
    "parish parliament party police port school senate service society team terminal theatre tribunal trust union "
    "university zoo"
)
PLACES = _words(
    "afghanistan africa alabama alaska alberta america argentina arizona asia athens atlanta australia austria "
    "bangladesh beijing belgium berlin boston brazil britain brussels cairo calgary california canada chicago chile "
    "china colombia colorado cuba delhi denmark detroit dublin edmonton egypt england estonia ethiopia europe finland "
    "florida france georgia germany greece halifax hawaii hungary iceland india indiana indonesia iran iraq ireland "
    "israel istanbul italy jamaica japan jerusalem kenya korea kyiv latvia lebanon libya lisbon lithuania london "
    "louisiana madrid malaysia manitoba melbourne mexico miami michigan montreal morocco moscow mumbai nepal "
    "netherlands nevada nigeria norway nunavut ohio oklahoma ontario oregon oslo ottawa pakistan paris peru "
    "philippines poland portugal prague quebec regina rome russia saskatchewan saskatoon scotland senegal seoul serbia "
    "shanghai singapore slovakia slovenia somalia spain stockholm sudan sweden switzerland sydney syria taiwan tehran "
    "texas thailand tokyo toronto tunisia turkey u.k u.k. u.s u.s. uganda ukraine utah vancouver venezuela vienna "
    "vietnam virginia wales warsaw washington winnipeg yemen yukon zimbabwe"
) | {"united states", "united kingdom", "south korea", "north korea", "new zealand", "saudi arabia", "south africa"}
SITES = _words(  # nouns for where something is; names with them are places too
    "airport arena bay beach border bridge building camp canal cape castle city coast country county creek district "
    "factory farm field forest fort garden gate harbor harbour hill hills hospital island islands lake library mill "
    "mine mount mountain museum park plains plant point port province quay region reservoir rink river road school "
    "shop site square state station street terminal tower town valley village warehouse yard"
)
PARTS = _words(  # of something, or of time: what is no thing of its own
    "beginning best day days decade end evening half hour hours majority minute minutes minority month months morning "
    "most night number part percentage quarter rest season share start thing things third time week weekend weeks "
    "worst year years"
)
NOUNS_IN_LY = _words("ally anomaly assembly belly bully butterfly family fly jelly lily monopoly rally reply supply")
THINGS = _words(  # nouns for what was made or done; names with them are no persons
    "accord act agreement award bill budget ceasefire charter code contract convention crisis cup day deal declaration "
    "directive election festival fund games law match memorandum pact plan prize program programme project protocol "
    "referendum report resolution review statement storm strategy strike summit survey tariff tax treaty trial war"
)
PLURALS = _words(
    "cattle children data families fish geese lives media men mice people police sheep staff wives wolves women"
)
WOMEN = _words(
    "abigail agnes aisha alejandra alice amal amanda amara amelia amina aminata amy ana andrea angela anita anna anne "
    "annie ashley astrid audrey ava barbara beatrice beth betty birgit brenda brigitte britney brittany brittney "
    "camille carla carmen carol caroline catherine celine charlotte chiara chloe christiane christina christine claire "
    "clara claudia claudine courtney crystal cynthia danielle daphne dawn debbie deborah denise diana diane donna dora "
    "doris dorothy edith eileen eleanor elena elise elizabeth ella ellen elsa emily emma erica erin esther eszter eva "
    "evelyn fatima fatou fiona florence frances francesca freya gabriella gina giorgia giulia gloria grace greta "
    "hadley hannah hanne harriet heather heidi helen helena hillary holly ida ines ingrid irene irina iris isabel "
    "isabella ivanka jacinda jana jane janet janice jasmine jean jen jennifer jessica jill joan joanna josephine joyce "
    "judit judith judy julia julie kamala karen katarina kate katherine kathleen kathy katie kayla ketanji kristen "
    "kristin laura lauren lea leah leila lena leticia lillian lily linda lisa liz lois loretta lori lorna louise lucia "
    "lucy lydia lynette madeleine magdalena maja malala margaret maria marie marina marine marion marisol marjorie "
    "marsha marta martha mary matilda maureen maya megan mei melania melanie melinda melissa mercedes meredith mia "
    "michelle mildred milena mindy miriam molly monica monique nadia nadine nancy naomi natalia natalie ngozi nicole "
    "nigella nikki nina noor nora norma olga olivia paige pamela patricia paula pauline peggy penelope petra phoebe "
    "priti priya rachel rebecca regina renata renee rhonda rita rosa rose rosemary rosie roxanne ruth sabrina sally "
    "samantha sandra sanna sara sarah selena serena sharon sheila sherry shirley silke silvia simone sofia sofie sonia "
    "sophia sophie stacy stella stephanie sue susan suzanne svenja svetlana sylvia tamara tammy tanya tara tatiana "
    "teresa theresa tiffany tina ursula valentina valerie vanessa vera veronica vicky victoria violet virginia wanda "
    "wendy whitney xin xiomara yasmin yolanda yuki yvonne zainab zoe"
)
MEN = _words(
    "aaron abdul abraham adam adrian ahmed alan albert alejandro alex alexander alfred ali amir anders andre andres "
    "andrew anthony antonio arjun arthur barack barry ben benjamin bernard bernie bill bjorn bob boris brad brandon "
    "brett brian bruce bryan carl carlos chad charles chinua christopher clarence claude clint cody colin colm craig "
    "curtis dale dan daniel darnell dave david dennis derek derrick desmond diego dmitri dominic donald donnie doug "
    "douglas duncan dustin dylan earl eddie edgar edmund eduardo edward edwin elon emeka emil emmanuel enrique eric "
    "ernest ethan eugene felix fernando francis frank fred frederick gabriel gareth gary gavin geoffrey george gerald "
    "gerard gilbert giorgio giovanni glenn gordon graham greg gregory guy hakeem hamid hans harold harry hassan hector "
    "henrik henry herbert hiroshi hugh hugo ian igor imran ivan ivo jack jacob jair jake jamal james jared jason "
    "javier jeff jeffrey jeremy jerome jerry jesse jim joe joel john jonas jonathan jordi jorge jose joseph josh "
    "joshua juan karl keir keith ken kenji kenneth kevin kofi kurt kwame kwesi kyle larry lars lawrence leo leon "
    "leonard leroy lewis liam louis luca lucas luis luiz luke malcolm manuel marc marcel marco marcus mark martin "
    "marvin mateusz matt matteo matthew maurice max maxence melvin michael miguel mike mikhail mitch mitt mohammed "
    "mustafa narendra nathan neil nicholas nick nigel nikolai nils noah noel norman olaf oliver omar omari oscar otto "
    "owen pablo paolo patrick paul pavel pedro pete peter phil philip pierre piotr rafael rahul ralph randy rashid "
    "raul ravi raymond recep reza ricardo richard rick rishi rob robert roberto rodney roger roland ron ronald rory "
    "roscoe roy rudolf russell rusty ryan sam samuel sanjay scott sean sebastian sergei shawn simon stanley stefan "
    "stefano stephen steve steven stuart sunil sven tariq ted terence theodore thomas tim timothy tobias todd tom "
    "tomasz tony travis trevor tyler tyrone victor vijay viktor vincent vladimir volodymyr wade walter wayne wei "
    "wendell wes wesley wilfred william willie xavier yasser yuri yusuf zach"
)
VERBS = _words(
    "accept accuse add admit advise affect agree aim allow announce answer appeal appear apply argue arrest arrive ask "
    "attack attend avoid ban bar bear beat become begin believe belong blame block bring build burn buy call cancel "
    "catch cause celebrate change charge choose claim close collapse collect come commit compare complain contain "
    "continue convict cost count cover crash criticise criticize cross cut damage debate decide declare defend delay "
    "deliver demand deny depend describe destroy die discover discuss donate double doubt draw drop earn ease eat "
    "elect employ end enter estimate expect expire explain export extend face fail fall fear feel fight file fill find "
    "finish fire fix flee flood fly follow force found gain get give go grow happen harm hear help hire hit hold hope "
    "host hurt identify impose improve include increase injure insist intend invade invest investigate join judge jump "
    "keep kill know lack land last launch lay lead leak learn leave lend let lift like live look lose lower make "
    "manage mean measure meet melt mention merge miss move name need negotiate notice object obtain occur offer open "
    "oppose order own pass pay perform plan plant play pledge praise predict prefer prepare present prevent print "
    "produce promise propose protect protest prove provide publish pull push put question quit raise reach react read "
    "rebuild receive recommend record recover reduce refuse reject release rely remain remember remove renew reopen "
    "repair repeat replace report represent request rescue resign respond rest restore result resume retire return "
    "reveal review rise run save say see seed seek seem sell send serve set settle share shed ship shoot show shut "
    "sign sink sit sleep smoke spend split spread stand start stay steal step stop store strike study succeed sue "
    "suffer suggest supply support survey survive suspend switch take talk teach tell test think threaten trade train "
    "travel treat try turn understand urge use value visit vote wait walk want warn wash watch win withdraw work worry "
    "write"
)
PAST = _words(
    "became been began born bought broken brought built came caught chose chosen cut did done drawn drew driven died "
    "fallen fell felt flown fought found gave given gone got grew grown had held hidden hit kept knew known laid led "
    "left lent lost made met owed paid put ran read rose said sank saw seen sent set shot shown shut sold spent spoke "
    "spoken stole stolen stood struck sunk sworn taken taught thought threw thrown told took torn understood went "
    "withdrawn won wore written wrote"
)

_PLURAL = re.compile(r"(?:[^sui]|[aeo]u)s$")
_ADJECTIVE = re.compile(r"\w{2,}(?:ous|ful|[ai]ble|less)$")
_FINITE = re.compile(r"\w{3,}ed$")


def is_plural(noun: str) -> bool:
    """Whether a noun in lower case names several."""
    return noun in PLURALS or bool(_PLURAL.search(noun))


def is_adjective(word: str) -> bool:
    """Whether a word in lower case is known as an adjective, or ends as one."""
    return word in ADJECTIVES or word in THIN or bool(_ADJECTIVE.search(word))


def is_verb(word: str) -> bool:
    """Whether a word in lower case is known as a verb, in its base form, with -s, or in the past."""
    return word in VERBS or word in PAST or (word.endswith("s") and word[:-1] in VERBS) or is_past(word)


def is_past(word: str) -> bool:
    """Whether a word in lower case is a verb in the past."""
    return word in PAST or bool(_FINITE.search(word))
