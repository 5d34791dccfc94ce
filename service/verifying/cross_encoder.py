"""An installed sentence-transformers CrossEncoder as Entailment: trained on entailment, or with one score."""

from sentence_transformers import CrossEncoder

from ingest.errors import ModelError

ENOUGH = 0.5  # of a model with one score


class CrossEncoderEntailment:
    """Accepts what a model labels as entailed; of a model with a single score, what reaches a half."""

    def __init__(self, model: str) -> None:
        """ModelError where there is no such model here; nothing is downloaded."""
        try:
            self._model = CrossEncoder(model, local_files_only=True, device="cpu")
        except (OSError, ValueError) as error:
            raise ModelError(
                f"FOOTNOTE_ENTAILMENT_MODEL {model!r} is not an installed CrossEncoder; name its folder, or unset it."
            ) from error
        labels = getattr(self._model.model.config, "id2label", {})
        self._entailed = next((number for number, name in labels.items() if name.lower().startswith("entail")), None)
        self._single = len(labels) == 1
        if self._entailed is None and not self._single:
            raise ModelError(
                f"FOOTNOTE_ENTAILMENT_MODEL {model!r} labels {', '.join(labels.values())}; none of them is entailment."
            )

    def entails(self, text: str, sentence: str) -> bool:
        (scores,) = self._model.predict([(text, sentence)], show_progress_bar=False)
        return bool(scores >= ENOUGH) if self._single else int(scores.argmax()) == self._entailed
