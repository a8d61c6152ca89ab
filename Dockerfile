# docker build --tag talos .
#
# Stages: `release` builds what the release consists of, `programs` has what Talos runs, and the last one puts them together. A
# release that was built before takes the place of the first: --build-context release=<folder with release/ in it>.
ARG BASE=node:24-trixie-slim

FROM ${BASE} AS release
WORKDIR /source
COPY package.json package-lock.json .npmrc ./
# Keeps to the lock file as `npm ci` does, which also wants the packages of every other platform in it.
RUN npm install --no-save --loglevel=error
COPY . .
RUN node scripts/build.ts /release

# Debian 13 is the first whose docker-compose is the plug-in of `docker compose`.
FROM ${BASE} AS programs
RUN apt-get update \
 && apt-get install --yes --no-install-recommends ca-certificates docker-cli docker-compose git openssh-client tini \
 && rm -rf /var/lib/apt/lists/*

FROM programs
# The id that the first user of most machines has, so that files of one's own can be mounted as they are.
RUN if id node; then userdel --remove node; fi \
 && groupadd --gid 1000 talos \
 && useradd --uid 1000 --gid talos --create-home --comment Talos talos \
 && mkdir /app /data \
 && chown talos:talos /data \
 && chmod 700 /data \
 && ln -s /usr/local/lib/talos/talos.cjs /usr/local/bin/talos
COPY --from=release /release /usr/local/lib/talos

# /app is where the configuration is looked for, /data what has to outlive the container.
WORKDIR /app
VOLUME /data
ENV DataDirectory=/data \
    GitSettings__WorkDirectory=/data/clones \
    ApiSettings__Address=0.0.0.0 \
    XDG_CACHE_HOME=/data/cache
EXPOSE 8080
USER talos
HEALTHCHECK --interval=15s --timeout=10s --start-period=30s --retries=3 CMD ["talos", "health"]
ENTRYPOINT ["tini", "--", "talos"]
CMD ["run"]

ARG VERSION=0
ARG REVISION=unknown
ARG SOURCE=
LABEL org.opencontainers.image.title="Talos" \
      org.opencontainers.image.description="Keeps the containers on your own servers current, from the git repository that describes them." \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.source="${SOURCE}"
