"""English words by what they do in a question: small closed lists, and what their endings say of all others."""

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ASKING = _words("who whom whose what which when where why how")
INVERTING = _words(  # what stands before the subject of a question
    "do does did is are was were am has have had will would can could may might shall should must isn't aren't wasn't "
    "weren't doesn't don't didn't hasn't haven't hadn't won't wouldn't can't couldn't shouldn't mustn't"
)
BEING = _words("is are was were am be been being isn't aren't wasn't weren't")
PREPOSITIONS = _words(
    "about above across after against along among around as at before behind below beneath beside besides between beyond "
    "by concerning despite during except for from in inside into like near of off on onto out outside over past per "
    "regarding since than through throughout till to toward towards under until up upon versus via with within without"
)
ABOUT = _words("about on for regarding concerning over")  # what a topic may stand behind
JOINING = _words("and or but nor so yet if whether because while when once unless although though that which who whom")
BOUNDARIES = _words("and or but if whether because while when after before once until unless although though which who")
DETERMINERS = _words("the a an this that these those its his her their our my your no every each any some all both")
PRONOUNS = _words("i you he she it we they me him us them one ones someone anyone everyone nobody there here himself herself")
TOO = _words("too also again then either instead afterwards later exactly now still already ever just even only so not yet")
TITLES = {
    "mr": "m", "mr.": "m", "sir": "m", "mrs": "f", "mrs.": "f", "ms": "f", "ms.": "f", "miss": "f", "madame": "f", "dr": "",
    "dr.": "", "premier": "", "president": "", "minister": "", "mayor": "", "senator": "", "sen.": "", "governor": "",
    "gov.": "", "chancellor": "", "judge": "", "justice": "", "captain": "", "chief": "", "councillor": "", "reeve": "",
    "professor": "", "prof.": "", "ambassador": "", "king": "m", "queen": "f", "prince": "m", "princess": "f", "pope": "m",
    "coach": "", "inspector": "", "detective": "", "sheriff": "", "general": "", "secretary": "", "superintendent": "",
}
PERSONS = _words(  # nouns for one person
    "actor actress administrator adviser advisor ambassador analyst architect artist author baker biologist boss buyer "
    "captain champion chair chairman chairwoman chairperson chancellor chef chief coach commissioner conductor councillor "
    "critic curator dealer detective director doctor driver economist editor engineer envoy executive expert farmer "
    "fisherman founder general geologist governor grower guard hydrologist inspector judge king lawyer leader librarian "
    "man manager mayor miner minister negotiator neighbour neighbor nurse officer official owner painter pilot player poet "
    "politician premier president priest prince princess principal producer professor prosecutor publisher queen ranger "
    "reeve reporter researcher resident rider sailor scientist secretary senator shareholder singer skipper soldier "
    "spokesman spokesperson spokeswoman striker student superintendent supervisor surgeon teacher treasurer trustee "
    "veterinarian victim warden winner witness woman worker writer"
)
GROUPS = _words(  # nouns for many who act as one
    "administration agency alliance assembly association authority bank board brigade bureau cabinet choir club coalition "
    "college commission committee community company congress consortium cooperative co-operative co-op corporation "
    "corporation council court crew department federation firm fleet force foundation government group guild hospital "
    "institute jury league library mill mine ministry municipality museum opposition orchestra parish parliament party "
    "police port school senate service society team terminal theatre tribunal trust union university zoo centre center"
)
PLACES = _words(
    "afghanistan africa alabama alaska alberta america argentina arizona asia athens atlanta australia austria bangladesh "
    "beijing belgium berlin boston brazil britain brussels cairo calgary california canada chicago chile china colombia "
    "colorado cuba delhi denmark detroit dublin edmonton egypt england estonia ethiopia europe finland florida france "
    "georgia germany greece halifax hawaii hungary iceland india indiana indonesia iran iraq ireland israel istanbul italy "
    "jamaica japan jerusalem kenya korea kyiv latvia lebanon libya lisbon lithuania london louisiana madrid malaysia "
    "manitoba melbourne mexico miami michigan montreal morocco moscow mumbai nepal netherlands nevada nigeria norway "
    "nunavut ohio oklahoma ontario oregon oslo ottawa pakistan paris peru philippines poland portugal prague quebec "
    "regina rome russia saskatchewan saskatoon scotland senegal seoul serbia shanghai singapore slovakia slovenia somalia "
    "spain stockholm sudan sweden switzerland sydney syria taiwan tehran texas thailand tokyo toronto tunisia turkey "
    "uganda ukraine utah vancouver venezuela vienna vietnam virginia wales warsaw washington winnipeg yemen yukon zimbabwe"
)
SITES = _words(  # nouns for where something is; names with them are places too
    "airport arena bay beach border bridge building camp canal cape castle city coast country county creek district "
    "factory farm field forest fort garden gate harbour harbor hill hills island islands lake mount mountain park plains "
    "plant point province quay region reservoir river rink road shop site square state station street terminal tower town "
    "valley village warehouse yard mill mine port museum library hospital school"
)
THINGS = _words(  # nouns for what was made or done; names with them are no persons
    "accord act agreement award bill budget ceasefire charter code contract convention crisis cup day deal declaration "
    "directive election festival fund games law match memorandum pact plan programme program prize project protocol "
    "referendum report resolution review statement storm strike strategy summit survey tariff tax treaty trial war"
)
PLURALS = _words("people police families women men children staff cattle sheep fish media data wolves lives wives mice geese")
WOMEN = _words(
    "abigail agnes alice amanda amara amelia amy andrea angela anita anna anne annie audrey barbara beatrice betty brenda "
    "camille carla carmen carol caroline catherine celine charlotte chloe christina christine claire clara claudia cynthia "
    "daphne deborah diana diane donna dora doris dorothy edith eileen eleanor elena elizabeth ella ellen elsa emily emma "
    "erica esther eva evelyn fatima fiona florence frances gabriella gloria grace greta hannah harriet heather helen helena "
    "ida ingrid irene iris isabel isabella jane janet janice jean jennifer jessica joan joanna josephine joyce judith "
    "judy julia julie karen kate katherine kathleen kim laura lauren leah leila lena lillian linda lisa lois lorna "
    "louise lucia lucy lydia lynette madeleine margaret maria marie marina marion marisol martha mary matilda maya megan "
    "melissa mercedes michelle mildred miriam molly monica nadia nancy naomi natalie nicole nina nora norma olga olivia "
    "pamela patricia paula pauline penelope petra phoebe priya rachel rebecca renata rita rosa rose rosemary ruth sally "
    "samantha sandra sara sarah sharon sheila shirley silvia simone sofia sonia sophia stella stephanie susan svetlana "
    "sylvia tamara tanya teresa theresa ursula valerie vera veronica victoria violet virginia wanda wendy yasmin yvonne zoe"
)
MEN = _words(
    "aaron abdul abraham adam adrian ahmed alan albert alejandro alex alexander alfred ali amir andre andrew anthony antonio "
    "arthur barry benjamin bernard bill bob boris brandon brian bruce carl carlos charles christopher claude colin colm craig "
    "dale daniel david dennis derek desmond diego dmitri dominic donald doug douglas duncan dylan earl edgar edmund eduardo "
    "edward edwin emil enrique eric ernest ethan eugene felix fernando francis frank fred frederick gabriel gareth gary "
    "geoffrey george gerald gilbert giovanni glenn gordon graham greg gregory guy hans harold harry hector henry herbert "
    "hugh ian igor ivan jack jacob jake james jason javier jeffrey jeremy jerome jesse jim joe john jonas jonathan jorge "
    "jose joseph joshua juan karl keith kenneth kevin kurt lars lawrence leo leon leonard lewis liam louis lucas luis luke "
    "malcolm manuel marc marcel marco marcus mark martin matthew max maxence michael miguel mike mohammed nathan neil "
    "nicholas nigel noah norman oliver omar oscar otto owen pablo patrick paul pavel pedro peter philip pierre rafael ralph "
    "raymond reza ricardo richard robert roberto rodney roger roland ronald rory roy rudolf russell ryan samuel scott sean "
    "sebastian sergei simon stanley stefan stephen steven stuart sunil ted terence theodore thomas tim timothy tobias todd "
    "tom tony trevor tyler victor vincent vladimir walter wayne wendell wilfred william yusuf"
)
VERBS = _words(
    "accept accuse add admit advise affect agree aim allow announce answer appeal appear apply argue arrest arrive ask attack "
    "attend avoid ban bar bear become begin believe belong block blame bring build burn buy call cancel catch cause celebrate "
    "change charge choose claim close collapse collect come commit compare complain contain continue convict cost count cover "
    "crash criticise criticize cross cut damage decide declare defend delay deliver demand deny depend describe destroy die "
    "discover discuss donate double draw drop earn ease eat elect employ end enter estimate expect expire explain export "
    "extend face fail fall fear feel fight file fill find finish fire fix flood follow force found gain get give go grow "
    "happen harm hear help hire hit hold hope host hurt identify impose improve include increase injure insist intend invest "
    "investigate join judge jump keep kill know lack land last launch lay lead learn leave lend let lift like live look lose "
    "lower make manage mean measure meet melt mention merge miss move name need negotiate notice object obtain occur offer "
    "open oppose order own pass pay perform plan plant play pledge praise predict prefer prepare present prevent print produce "
    "promise propose protect protest prove provide publish pull push put question quit raise reach react read rebuild receive "
    "recommend record recover reduce refuse reject release rely remain remember remove renew reopen repair repeat replace "
    "report represent request rescue resign respond rest restore result resume retire return reveal review rise run save say "
    "see seed seek seem sell send serve set settle share shed ship show shut sign sink sit smoke spend split spread stand "
    "start stay steal stop store strike study succeed sue suffer suggest supply support survey survive suspend switch take "
    "talk teach tell test think threaten trade train travel treat try turn understand urge use value visit vote wait walk "
    "want warn wash watch win withdraw work worry write"
)
PAST = _words(
    "became began bought brought built came caught chose cut did drew fell felt fought found gave got grew had held kept "
    "knew laid led left lent lost made met paid put ran read rose said sank saw sent set shot sold spent spoke stood stole "
    "struck taught took told thought threw understood went won wore wrote hit been born broken chosen done drawn driven "
    "fallen flown given gone grown hidden known seen shown shut sunk spoken stolen sworn taken thrown torn withdrawn written"
)

_PLURAL = re.compile(r"(?:[^sui]|[aeo]u)s$")
_FINITE = re.compile(r"\w{3,}ed$")


def is_plural(noun: str) -> bool:
    """Whether a noun in lower case names several."""
    return noun in PLURALS or bool(_PLURAL.search(noun))


def is_verb(word: str) -> bool:
    """Whether a word in lower case is known as a verb, in its base form, with -s, or in the past."""
    return word in VERBS or word in PAST or (word.endswith("s") and word[:-1] in VERBS) or is_past(word)


def is_past(word: str) -> bool:
    """Whether a word in lower case is a verb in the past."""
    return word in PAST or bool(_FINITE.search(word))
