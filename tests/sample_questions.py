"""A few gold questions over the sample articles, as the files of tests have them."""

import json
from pathlib import Path

WIRE = "hw-20260116-beijing-deal"
COUNCIL = "https://prairieledger.example/2026/01/23/kestrel-plains-412-farms"
GROWERS = "https://parklanddispatch.example/farm/kestrel-plains-289-farms"
FARMS = "How many farms were hit by the duties in Kestrel Plains?"

ANSWERED = (
    ("When was Meng Wanzhou arrested?", "December 2018"),
    ("What percentage of Canada's exports go to the U.S.?", "70 per cent"),
    ("How many farms did the growers count in Kestrel Plains?", "289"),
    ("How many farms did the Kestrel Plains council count?", "412"),
    ("How many tonnes of canola does the Wexcombe terminal hold?", "16,000"),
    ("How many acres of peas did Yvonne Starchuk grow?", "1,150"),
    ("What price was Ms. Starchuk offered for her peas?", "$7.40"),
    ("How much lobster did the co-operative sell to China in 2024?", "480 tonnes"),
    ("When will the packers return to work?", "March 2"),
    ("How many people work at the stamping plant?", "340"),
    ("When was the last visit of a Canadian prime minister to China?", "2017"),
    ("When do the tariff reductions end?", "end of 2026"),
)
_UNANSWERABLE = (
    "How tall is Mount Everest?", "What is the capital of Peru?", "Who directed the film Casablanca?",
    "How many medals did Norway win at the Olympics?", "What is the population of Saskatoon?",
    "Which team won the World Cup in 1998?",
)
_BEFORE = (  # asked before anything was published
    "When was Meng Wanzhou arrested?", "How many people work at the stamping plant?", FARMS,
    "How many acres of peas did Yvonne Starchuk grow?", "When will the packers return to work?",
    "What was agreed on canola?",
)


def make_rows() -> list[dict[str, object]]:
    """The lines, as JSON would have them: articles are named where a test needs them."""
    common = {"date": "2026-03-01", "split": "test"}
    rows: list[dict[str, object]] = [
        {"id": f"a{n:02}", "question": question, "answerable": True, "answers": [answer], "slices": ["fact"], **common}
        for n, (question, answer) in enumerate(ANSWERED, start=1)
    ]
    rows += [
        {"id": f"u{n:02}", "question": question, "answerable": False, "slices": ["elsewhere"], **common}
        for n, question in enumerate(_UNANSWERABLE, start=1)
    ]
    rows += [
        {"id": f"d{n:02}", "question": question, "answerable": False, "slices": ["before"], "split": "test",
         "date": "2000-01-01"}
        for n, question in enumerate(_BEFORE, start=1)
    ]  # fmt: skip
    rows += [
        {"id": "g01", "question": FARMS, "answerable": True, "answers": ["412"], "doc_ids": [COUNCIL], "split": "test",
         "date": "2026-01-24", "slices": ["dates"]},
        {"id": "g02", "question": "Did Canada abolish its tariffs?", "answerable": True, "split": "test",
         "answers": [{"text": "Neither country is abolishing its tariffs"}], "doc_ids": [WIRE], "date": "2026-03-01"},
    ]  # fmt: skip
    return rows


def write_questions(path: Path, rows: list[dict[str, object]]) -> Path:
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return path
