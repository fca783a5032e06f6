# The production image: the locked wheels of requirements.txt, never those of the embedded servers. Pin the digests of both
# base images where you build it for others.
FROM python:3.11-slim-bookworm AS build
ENV PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
COPY requirements.txt /tmp/
RUN pip install --require-hashes --only-binary :all: -r /tmp/requirements.txt
WORKDIR /app
COPY manage.py CHANGELOG.md ./
COPY cors cors
COPY accounts accounts
COPY reports reports
COPY templates templates
COPY static static
COPY locale locale
# Building needs settings, but no server and no secret: these are nobody's.
RUN export DEBUG=False SECRET_KEY=building KEYRING=building ALLOWED_HOSTS=building \
        DATABASE_URL=postgresql://building/building REDIS_URL=redis://building \
    && python manage.py compile_catalogues \
    && python manage.py collectstatic --no-input --verbosity 0

FROM python:3.11-slim-bookworm
# PostgreSQL's client programs, as new as the server of docker-compose.yml, from PostgreSQL's own packages: for `backup` and
# `restore`.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends postgresql-common ca-certificates \
    && /usr/share/postgresql-common/pgdg/apt.postgresql.org.sh -y \
    && apt-get install --yes --no-install-recommends postgresql-client-18 \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin portal \
    && install --directory --owner portal --mode 0700 /var/lib/portal /backups \
    && install --directory --owner portal --mode 0755 /pages
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app
WORKDIR /app
USER portal
# DEBUG=False is said, so that a missing variable can never be taken for a machine of one's own.
ENV PATH=/opt/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 DEBUG=False VAR_DIR=/var/lib/portal
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=20s CMD ["python", "-m", "cors.health", "8000"]
# No access log: addresses and query strings of residents belong in no file. Written to: /tmp and /var/lib/portal only.
CMD ["gunicorn", "cors.wsgi", "--bind", "0.0.0.0:8000", "--workers", "3", "--worker-class", "gthread", "--threads", "4", \
     "--worker-tmp-dir", "/dev/shm", "--no-control-socket", "--max-requests", "5000", "--max-requests-jitter", "500"]
