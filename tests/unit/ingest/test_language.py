"""The language of a text, where there is enough of it."""

import pytest

from ingest.language import detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The council voted on Monday to close the mill, and the mayor promised to help its workers.", "en"),
        ("THE COUNCIL VOTED ON MONDAY TO CLOSE THE MILL AND THE MAYOR PROMISED TO HELP ITS WORKERS", "en"),
        ("Le conseil a voté lundi la fermeture de l'usine et le maire a promis d'aider les ouvriers.", "fr"),
        ("Der Rat stimmte am Montag für die Schließung des Werks, und die Bürgermeisterin half.", "de"),
        ("市议会周一投票决定关闭这家工厂，市长承诺帮助工人，抗议者聚集在市政厅外面。", "zh"),
        ("Mill shut", None),
        ("12 34 56 78 90 12 34 56 78 90 12 34 56", None),
    ],
)
def test_language_is_told_where_there_are_enough_letters(text: str, language: str | None) -> None:
    assert detect_language(text) == language
