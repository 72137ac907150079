# syntax=docker/dockerfile:1
FROM python:3.13-slim AS build
WORKDIR /src
COPY requirements.lock ./
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY monitor monitor
COPY rules rules
COPY seeds seeds
RUN /venv/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.13-slim
RUN useradd --create-home --uid 10001 monitor && install -d -o monitor /data
COPY --from=build /venv /venv
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 CEASEFIRE_DATA_DIR=/data
USER monitor
VOLUME /data
HEALTHCHECK --interval=60s --timeout=10s --start-period=60s CMD ["ceasefire", "doctor", "--alive"]
ENTRYPOINT ["ceasefire"]
CMD ["run"]
