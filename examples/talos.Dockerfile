# From the root of this repository: npm run build, then docker build --tag talos --file examples/talos.Dockerfile .
FROM node:24-slim
RUN apt-get update \
 && apt-get install --yes --no-install-recommends ca-certificates git openssh-client \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --create-home talos \
 && mkdir /app /data \
 && chown talos: /data
COPY dist /usr/local/lib/talos
USER talos
WORKDIR /app
ENTRYPOINT ["node", "/usr/local/lib/talos/talos.cjs"]
