/** Configuration: every variable, what it is for, and what happens without it. The only reader of `process.env`. */
import { BlockList, isIP } from 'node:net';
import os from 'node:os';
import { z } from 'zod';

/** A variable that is set to nothing, or to blanks, counts as not set. */
const isBlank = (value: unknown): boolean => typeof value === 'string' && value.trim() === '';
const optional = <T extends z.ZodType>(schema: T) => z.preprocess((value) => (isBlank(value) ? undefined : value), schema.optional());
const wholeNumber = (least: number, most: number) => z.string().trim().regex(/^\d+$/, 'must be a whole number').transform(Number).pipe(z.number().min(least).max(most));
const portMax = 65_535;
const isWebOrigin = (text: string): boolean => /^https?:/.test(text) && URL.canParse(text) && new URL(text).href === `${new URL(text).origin}/`;
/** Two ports, the first not above the last: `44500-44599`. */
const portRange = z.string().trim().regex(/^\d+-\d+$/, 'must be two ports, e.g. 44500-44599').transform((text) => {
  const [min = 0, max = 0] = text.split('-').map(Number);
  return { min, max };
}).refine(({ min, max }) => min > 0 && min <= max && max <= portMax, `must be two ports up to ${portMax}, the first not above the last`);
/** RFC 7065. */
const relayUrl = /^turns?:(\[[0-9a-f:.]+\]|[^\s:?[\]]+)(:\d{1,5})?(\?transport=(udp|tcp))?$/i;
const relayUrls = z.string().trim().transform((text) => text.split(/[\s,]+/)).refine((urls) => urls.every((url) => relayUrl.test(url)), 'must be TURN addresses, e.g. turn:turn.example.org:3478');
const isOn = z.enum(['on', 'off']).transform((value) => value === 'on');

const Environment = z.object({
  /** The port the house is served on. */
  PORT: optional(wholeNumber(1, portMax)).transform((value) => value ?? 3000),
  /** The address it listens on; all interfaces by default. */
  HOST: optional(z.string()).transform((value) => value ?? '0.0.0.0'),
  /** Where people reach it, for links, cookies and the origin check; `http://localhost:PORT` by default. */
  PUBLIC_URL: optional(z.string().trim().refine(isWebOrigin, 'must be an http or https address without a path, e.g. https://guild.example.org')),
  /** Where the embedded services keep what must survive. */
  DATA_DIR: optional(z.string()).transform((value) => value ?? './data'),
  /** A MongoDB (7 or newer); without it the embedded document store starts. */
  MONGODB_URI: optional(z.string().regex(/^mongodb(\+srv)?:\/\//, 'must start with mongodb:// or mongodb+srv://')),
  /** A Redis (7 or newer) that joins several nodes; without it this node is alone. */
  REDIS_URL: optional(z.string().regex(/^rediss?:\/\//, 'must start with redis:// or rediss://')),
  /** Stripe's secret key; without it the embedded sandbox plays Stripe. */
  STRIPE_SECRET_KEY: optional(z.string().regex(/^(sk|rk)_(test|live)_/, 'must be a Stripe secret key (sk_… or rk_…)')),
  /** The signing secret of the webhook endpoint `PUBLIC_URL/api/stripe/webhook`. */
  STRIPE_WEBHOOK_SECRET: optional(z.string().trim().regex(/^whsec_/, 'must be a webhook signing secret (whsec_…)')),
  /** Secret that signs access tokens, the same on all nodes; without it one is made and kept in the store. */
  JWT_SECRET: optional(z.string().min(32, 'must have 32 characters or more')),
  /** Mail server, e.g. `smtps://user:password@mail.example.org`; without it mails are kept in an outbox. */
  SMTP_URL: optional(z.string().regex(/^smtps?:\/\//, 'must start with smtp:// or smtps://')),
  /** Sender of mails. */
  MAIL_FROM: optional(z.string()).transform((value) => value ?? 'Guildhall <guildhall@localhost>'),
  /** A mediasoup-worker program; without it one is looked for, downloaded or built. */
  MEDIASOUP_WORKER_BIN: optional(z.string()),
  /** The address media is received on. */
  MEDIA_LISTEN_IP: optional(z.ipv4()).transform((value) => value ?? '0.0.0.0'),
  /** The address browsers send media to; this machine's first outward one by default. */
  MEDIA_ANNOUNCED_ADDRESS: optional(z.string()),
  /** `on` has a private `MEDIA_ANNOUNCED_ADDRESS` taken for good in production, where everybody is in the same network. */
  MEDIA_ANNOUNCED_FORCE: optional(isOn).transform((value) => value ?? false),
  /** Addresses of a TURN server, e.g. `turn:turn.example.org:3478`; several are parted by commas or blanks. Without it there is no relay. */
  TURN_URLS: optional(relayUrls).transform((value) => value ?? []),
  /** The secret shared with the TURN server (coturn's `static-auth-secret`). */
  TURN_SECRET: optional(z.string().min(16, 'must have 16 characters or more')).transform((value) => value ?? ''),
  /** First media port, UDP and TCP; each media worker takes one, counting up. */
  MEDIA_PORT: optional(wholeNumber(0, portMax)).transform((value) => value ?? 44_400),
  /** How many media workers; one per core by default. */
  MEDIA_WORKERS: optional(wholeNumber(1, 256)),
  /** The address other nodes of the house send media to; this machine's first outward one by default. */
  MEDIA_NODE_ADDRESS: optional(z.string()),
  /** The UDP ports on which other nodes' media is received, one for each stage that is shown on two nodes; any free ones by default. */
  MEDIA_NODE_PORTS: optional(portRange).transform((value) => value ?? null),
  /** `off` leaves an empty store empty; a real MongoDB is never seeded. */
  DEMO: optional(isOn).transform((value) => value ?? true),
  /** How many proxies stand before the house, whose `X-Forwarded-For` is believed. */
  TRUST_PROXY: optional(wholeNumber(0, 10)).transform((value) => value ?? 0),
  /** For how long at most a node that is told to end (SIGTERM) moves everybody to other nodes first; 0 has it leave at once. */
  DRAIN_SECONDS: optional(wholeNumber(0, 3600)).transform((value) => value ?? 30),
  /** For how many days after a workshop it is kept when exactly members came and went; minutes and certificates stay. */
  ATTENDANCE_DAYS: optional(wholeNumber(1, 3650)).transform((value) => value ?? 90),
  /** For how many days a member whose payment failed keeps what their membership opens, to mend their card meanwhile. */
  GRACE_DAYS: optional(wholeNumber(0, 60)).transform((value) => value ?? 7),
  /** `debug`, `info`, `warn`, `error` or `silent`. */
  LOG_LEVEL: optional(z.enum(['debug', 'info', 'warn', 'error', 'silent'])).transform((value) => value ?? 'info'),
});

export interface Config extends Omit<z.infer<typeof Environment>, 'PUBLIC_URL' | 'MEDIA_ANNOUNCED_ADDRESS' | 'MEDIA_NODE_ADDRESS' | 'MEDIA_WORKERS'> {
  PUBLIC_URL: string;
  MEDIA_ANNOUNCED_ADDRESS: string;
  MEDIA_NODE_ADDRESS: string;
  MEDIA_WORKERS: number;
}

/** Every problem of a configuration, a line each, beginning with the variable's name. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigError';
  }
}

/**
 * Reads the configuration.
 *
 * @throws ConfigError - with all problems at once.
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const read = Environment.safeParse(environment);
  const problems = [...(read.error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) ?? []), ...missing(environment)];
  if (!read.success || problems.length > 0) throw new ConfigError(problems);
  const workers = read.data.MEDIA_WORKERS ?? os.availableParallelism();
  const lastMediaPort = read.data.MEDIA_PORT + workers - 1;
  if (lastMediaPort > portMax) throw new ConfigError([`MEDIA_PORT: leaves no room for ${workers} media workers, a port each, below ${portMax}`]);
  const announced = read.data.MEDIA_ANNOUNCED_ADDRESS ?? outwardAddress();
  const isProduction = environment['NODE_ENV'] === 'production' || read.data.PUBLIC_URL?.startsWith('https:') === true;
  if (isProduction && isPrivateAddress(announced) && !read.data.MEDIA_ANNOUNCED_FORCE) throw new ConfigError([privateAnnounced(announced)]);
  return {
    ...read.data,
    PUBLIC_URL: (read.data.PUBLIC_URL ?? `http://localhost:${read.data.PORT}`).replace(/\/+$/, ''),
    MEDIA_ANNOUNCED_ADDRESS: announced,
    MEDIA_NODE_ADDRESS: read.data.MEDIA_NODE_ADDRESS ?? outwardAddress(),
    MEDIA_WORKERS: workers,
  };
}

/** What is needed because something else is given: judged by what is set, so that it is told together with whatever is wrong. */
function missing(environment: NodeJS.ProcessEnv): string[] {
  const isSet = (name: string): boolean => environment[name] !== undefined && !isBlank(environment[name]);
  const problems: string[] = [];
  if (isSet('STRIPE_SECRET_KEY') && !isSet('STRIPE_WEBHOOK_SECRET')) problems.push('STRIPE_WEBHOOK_SECRET: is needed with STRIPE_SECRET_KEY, or payments could not be trusted');
  if (isSet('STRIPE_WEBHOOK_SECRET') && !isSet('STRIPE_SECRET_KEY')) problems.push('STRIPE_SECRET_KEY: is needed with STRIPE_WEBHOOK_SECRET');
  if (isSet('REDIS_URL') && isSet('MONGODB_URI') && !isSet('STRIPE_SECRET_KEY') && !isSet('STRIPE_WEBHOOK_SECRET')) {
    problems.push('STRIPE_SECRET_KEY: is needed where several nodes share MONGODB_URI and REDIS_URL; the embedded sandbox serves one node');
  }
  if (isSet('TURN_URLS') !== isSet('TURN_SECRET')) problems.push(isSet('TURN_URLS') ? 'TURN_SECRET: is needed with TURN_URLS' : 'TURN_URLS: is needed with TURN_SECRET');
  return problems;
}

/** Most who cannot see a live workshop cannot because of this. */
const privateAnnounced = (address: string): string =>
  `MEDIA_ANNOUNCED_ADDRESS: ${address} cannot be reached from outside its own network, so nobody elsewhere would see live video; set it to the public address of this machine, or MEDIA_ANNOUNCED_FORCE=on where everybody is in that network`;

/** The first outward IPv4 address, so that a browser on another machine of the same network can send media too. */
function outwardAddress(): string {
  const addresses = Object.values(os.networkInterfaces()).flatMap((list) => list ?? []);
  return addresses.find((address) => address.family === 'IPv4' && !address.internal)?.address ?? '127.0.0.1';
}

/** Loopback, private, link-local and carrier-grade networks: RFC 1122, 1918, 3927, 6598, 4193, 4291. */
const privateNetworks = new BlockList();
for (const [network, prefix] of [['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.168.0.0', 16]] as const) {
  privateNetworks.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [['::', 127], ['fc00::', 7], ['fe80::', 10]] as const) privateNetworks.addSubnet(network, prefix, 'ipv6');

/** Of a host name, only what it says by itself is known: `localhost` and the names of local networks. */
export function isPrivateAddress(address: string): boolean {
  const version = isIP(address);
  if (version === 0) return /(^|\.)(localhost|local|internal|lan)\.?$/i.test(address);
  return privateNetworks.check(address, version === 6 ? 'ipv6' : 'ipv4');
}
