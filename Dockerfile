# Guildhall as one image: the server with the web client in it, and mediasoup's worker built from source.
# Build and run it with docker-compose.yml, or alone: docker build -t guildhall . && docker run -p 3000:3000 guildhall

FROM node:24-bookworm-slim AS base
WORKDIR /app
COPY package.json package-lock.json .npmrc ./

# The worker changes only with mediasoup's version, so it comes first and stays in the layer cache.
FROM base AS worker
RUN apt-get update \
  && apt-get install -y --no-install-recommends flatbuffers-compiler g++ libflatbuffers-dev libsrtp2-dev libssl-dev libuv1-dev \
  && rm -rf /var/lib/apt/lists/*
RUN npm ci --omit=dev
COPY tools tools
RUN MEDIASOUP_SKIP_WORKER_PREBUILT_DOWNLOAD=1 node tools/mediaWorker/provision.mjs \
  && cp .cache/media-worker/mediasoup-*/mediasoup-worker /usr/local/bin/mediasoup-worker

FROM base AS house
RUN npm ci
COPY . .
RUN npm run build

FROM base AS packages
RUN npm ci --omit=dev

FROM node:24-bookworm-slim
RUN apt-get update \
  && apt-get install -y --no-install-recommends ca-certificates libsrtp2-1 libssl3 libuv1 \
  && rm -rf /var/lib/apt/lists/* \
  && install -d -o node -g node /data
WORKDIR /app
COPY --from=worker /usr/local/bin/mediasoup-worker /usr/local/bin/mediasoup-worker
COPY --from=packages /app/package.json ./
COPY --from=packages /app/node_modules node_modules
COPY --from=house /app/dist dist
ENV NODE_ENV=production \
  DATA_DIR=/data \
  MEDIASOUP_WORKER_BIN=/usr/local/bin/mediasoup-worker
USER node
VOLUME /data
EXPOSE 3000 44400/tcp 44400/udp
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--use-largepages=silent", "--enable-source-maps", "dist/server/main.js"]
