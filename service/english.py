"""English words by what they do in a question: small closed lists, and what their endings say of all others."""

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
    "abigail agnes aisha alejandra alice amanda amara amelia amina amy ana andrea angela anita anna anne annie astrid "
    "audrey ava barbara beatrice betty birgit brenda camille carla carmen carol caroline catherine celine charlotte "
    "chiara chloe christina christine claire clara claudia cynthia daphne deborah diana diane donna dora doris dorothy "
    "edith eileen eleanor elena elizabeth ella ellen elsa emily emma erica esther eszter eva evelyn fatima fiona "
    "florence frances francesca freya gabriella giulia gloria grace greta hannah hanne harriet heather helen helena "
    "ida ines ingrid irene irina iris isabel isabella jana jane janet janice jean jennifer jessica joan joanna "
    "josephine joyce judit judith judy julia julie karen katarina kate katherine kathleen kim laura lauren lea leah "
    "leila lena lillian lily linda lisa lois lorna louise lucia lucy lydia lynette madeleine magdalena maja margaret "
    "maria marie marina marion marisol marta martha mary matilda maya megan mei melissa mercedes mia michelle mildred "
    "milena miriam molly monica nadia nadine nancy naomi natalia natalie nicole nina noor nora norma olga olivia "
    "pamela patricia paula pauline penelope petra phoebe priya rachel rebecca renata renee rita rosa rose rosemary "
    "ruth sally samantha sandra sara sarah sharon sheila shirley silke silvia simone sofia sofie sonia sophia sophie "
    "stella stephanie susan svenja svetlana sylvia tamara tanya tatiana teresa theresa ursula valentina valerie vera "
    "veronica victoria violet virginia wanda wendy xin yasmin yuki yvonne zainab zoe"
)
MEN = _words(
    "aaron abdul abraham adam adrian ahmed alan albert alejandro alex alexander alfred ali amir anders andre andrew "
    "anthony antonio arthur barry benjamin bernard bill bjorn bob boris brandon brian bruce carl carlos charles "
    "christopher claude colin colm craig dale daniel david dennis derek desmond diego dmitri dominic donald doug "
    "douglas duncan dylan earl edgar edmund eduardo edward edwin emeka emil enrique eric ernest ethan eugene felix "
    "fernando francis frank fred frederick gabriel gareth gary geoffrey george gerald gilbert giorgio giovanni glenn "
    "gordon graham greg gregory guy hans harold harry hassan hector henrik henry herbert hiroshi hugh ian igor ivan "
    "jack jacob jake james jason javier jeffrey jeremy jerome jesse jim joe john jonas jonathan jorge jose joseph "
    "joshua juan karl keith kenji kenneth kevin kurt kwame lars lawrence leo leon leonard lewis liam louis luca lucas "
    "luis luke malcolm manuel marc marcel marco marcus mark martin mateusz matteo matthew max maxence michael miguel "
    "mike mikhail mohammed mustafa nathan neil nicholas nigel nikolai nils noah norman olaf oliver omar omari oscar "
    "otto owen pablo paolo patrick paul pavel pedro peter philip pierre piotr rafael ralph rashid raymond reza ricardo "
    "richard robert roberto rodney roger roland ronald rory roy rudolf russell ryan samuel scott sean sebastian sergei "
    "simon stanley stefan stefano stephen steven stuart sunil sven ted terence theodore thomas tim timothy tobias todd "
    "tom tomasz tony trevor tyler victor viktor vincent vladimir walter wayne wei wendell wilfred william yuri yusuf"
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
