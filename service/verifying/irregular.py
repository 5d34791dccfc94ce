"""A word in, the word it is a form of out, for the English words whose forms no stemmer brings together."""

_FORMS = """
arise arose arisen; be been being; bear bore borne; beat beaten; become became; begin began begun; bend bent; bind
bound; bite bit bitten; bleed bled; blow blew blown; break broke broken; breed bred; bring brought; build built; burn
burnt; buy bought; catch caught; choose chose chosen; cling clung; come came; creep crept; deal dealt; dig dug; do did
done does; draw drew drawn; dream dreamt; drink drank drunk; drive drove driven; eat ate eaten; fall fell fallen; feed
fed; feel felt; fight fought; find found; flee fled; fling flung; fly flew flown; forbid forbade forbidden; forget
forgot forgotten; forgive forgave forgiven; freeze froze frozen; get got gotten; give gave given; go went gone goes;
grind ground; grow grew grown; hang hung; have had has; hear heard; hide hid hidden; hold held; keep kept; know knew
known; lay laid; lead led; leap leapt; learn learnt; leave left; lend lent; lie lain; light lit; lose lost; make made;
mean meant; meet met; overcome overcame; overthrow overthrew overthrown; pay paid; prove proven; ride rode ridden;
ring rang rung; rise rose risen; run ran; say said; see saw seen; seek sought; sell sold; send sent; sew sewn; shake
shook shaken; shine shone; shoot shot; show shown; shrink shrank shrunk; sing sang sung; sink sank sunk; sit sat;
sleep slept; slide slid; speak spoke spoken; spend spent; spin spun; stand stood; steal stole stolen; stick stuck;
sting stung; strike struck stricken; strive strove striven; swear swore sworn; sweep swept; swim swam swum; swing
swung; take took taken; teach taught; tear tore torn; tell told; think thought; throw threw thrown; understand
understood; undergo underwent undergone; uphold upheld; wake woke woken; wear wore worn; weave wove woven; win won;
withdraw withdrew withdrawn; withhold withheld; withstand withstood; write wrote written; child children; foot feet;
man men; mouse mice; person people; tooth teeth; woman women; half halves halve halved halving; life lives; wife
wives; knife knives; leaf leaves; loaf loaves; thief thieves; shelf shelves; wolf wolves; calf calves; crisis crises;
die died dies dying; sale sales; loss losses; belief believe believed believes; advise advised advises advising
advice; analysis analyses; medium media; criterion criteria; phenomenon phenomena; cut cutting; put putting; set
setting; hit hitting; let letting; shut shutting
"""


def _bases() -> dict[str, str]:
    groups = (line.split() for line in _FORMS.split(";"))
    return {form: group[0] for group in groups for form in group[1:]}


_BASES = _bases()


def base_of(word: str) -> str:
    """The base form of a lower-case word; the word itself where it is regular."""
    return _BASES.get(word, word)
