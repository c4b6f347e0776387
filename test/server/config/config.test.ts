import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../../../server/config.js';

/** The names of the variables that are told to be wrong, each line's first word. */
function problemsOf(environment: Record<string, string>): string[] {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map((problem) => problem.split(':')[0] ?? '');
    throw error;
  }
  return [];
}

const stripe = { STRIPE_SECRET_KEY: 'sk_test_51abc', STRIPE_WEBHOOK_SECRET: 'whsec_abc' };

describe('readConfig', () => {
  it('needs nothing: one process, on port 3000, in ./data, with the demo', () => {
    expect(readConfig({})).toMatchObject({ PORT: 3000, PUBLIC_URL: 'http://localhost:3000', DATA_DIR: './data', DEMO: true, MEDIA_PORT: 44_400, TRUST_PROXY: 0, LOG_LEVEL: 'info' });
    for (const name of ['MONGODB_URI', 'REDIS_URL', 'STRIPE_SECRET_KEY', 'SMTP_URL', 'JWT_SECRET'] as const) expect(readConfig({})[name]).toBeUndefined();
  });

  it('takes what is set to nothing, or to blanks, as not set', () => {
    const blanks = Object.fromEntries(['PORT', 'PUBLIC_URL', 'DATA_DIR', 'MONGODB_URI', 'STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET', 'MEDIA_WORKERS', 'DEMO'].map((name, place) => [name, ' '.repeat(place % 3)]));
    expect(readConfig(blanks)).toEqual(readConfig({}));
  });

  it('tells all problems at once, each by its name, and no value', () => {
    const wrong = {
      PORT: '70000',
      PUBLIC_URL: 'guild.example.org',
      MONGODB_URI: 'postgres://hidden',
      REDIS_URL: 'localhost:6379',
      STRIPE_SECRET_KEY: 'pk_live_hidden',
      JWT_SECRET: 'hidden',
      SMTP_URL: 'hidden',
      MEDIA_LISTEN_IP: 'hidden',
      MEDIA_PORT: 'many',
      MEDIA_WORKERS: '0',
      DEMO: 'maybe',
      TRUST_PROXY: '-1',
      LOG_LEVEL: 'loud',
    };
    expect(problemsOf(wrong).toSorted()).toEqual([...Object.keys(wrong), 'STRIPE_WEBHOOK_SECRET'].toSorted());
    expect(() => readConfig(wrong)).toThrow(expect.objectContaining({ message: expect.not.stringContaining('hidden') as string }) as Error);
  });

  it.each(['3000.5', '0x10', '1e3', '-1', '0', 'abc', '65536', '3000 3001'])('takes no port %s', (PORT) => {
    expect(problemsOf({ PORT })).toEqual(['PORT']);
    expect(problemsOf({ PORT: ' 8080 ' })).toEqual([]);
  });

  it.each(['ftp://guild.example.org', 'https://guild.example.org/community', 'https://guild.example.org/?a=1', 'https://user:word@guild.example.org', 'https://', '//guild.example.org'])('takes no address %s', (PUBLIC_URL) => {
    expect(problemsOf({ PUBLIC_URL })).toEqual(['PUBLIC_URL']);
    expect(readConfig({ PUBLIC_URL: 'https://guild.example.org/', MEDIA_ANNOUNCED_ADDRESS: '203.0.113.7' }).PUBLIC_URL).toBe('https://guild.example.org');
  });

  it('takes Stripe’s key and webhook secret together or not at all', () => {
    expect(problemsOf(stripe)).toEqual([]);
    expect(problemsOf({ STRIPE_SECRET_KEY: stripe.STRIPE_SECRET_KEY })).toEqual(['STRIPE_WEBHOOK_SECRET']);
    expect(problemsOf({ ...stripe, STRIPE_WEBHOOK_SECRET: '  ' })).toEqual(['STRIPE_WEBHOOK_SECRET']);
    expect(problemsOf({ STRIPE_WEBHOOK_SECRET: stripe.STRIPE_WEBHOOK_SECRET })).toEqual(['STRIPE_SECRET_KEY']);
  });

  it('keeps the sandbox, which serves one node, from several', () => {
    const shared = { MONGODB_URI: 'mongodb://db.example/guild', REDIS_URL: 'redis://bus.example' };
    expect(problemsOf(shared)).toEqual(['STRIPE_SECRET_KEY']);
    expect(problemsOf({ ...shared, ...stripe })).toEqual([]);
  });

  it.each(['127.0.0.1', '10.1.2.3', '172.31.0.9', '192.168.1.20', '169.254.3.4', '100.64.0.1', 'fd12::7', 'fe80::1', 'localhost', 'hall.local'])('announces no %s to browsers in production, unless forced', (MEDIA_ANNOUNCED_ADDRESS) => {
    const production = { PUBLIC_URL: 'https://guild.example.org', MEDIA_ANNOUNCED_ADDRESS };
    expect(problemsOf(production)).toEqual(['MEDIA_ANNOUNCED_ADDRESS']);
    expect(problemsOf({ NODE_ENV: 'production', MEDIA_ANNOUNCED_ADDRESS })).toEqual(['MEDIA_ANNOUNCED_ADDRESS']);
    expect(problemsOf({ ...production, MEDIA_ANNOUNCED_FORCE: 'on' })).toEqual([]);
    expect(problemsOf({ MEDIA_ANNOUNCED_ADDRESS })).toEqual([]);
    for (const open of ['203.0.113.7', '172.32.0.1', '2001:db8::1', 'media.example.org']) expect(problemsOf({ ...production, MEDIA_ANNOUNCED_ADDRESS: open })).toEqual([]);
  });

  it('takes a relay with its secret, and several of its addresses', () => {
    const relay = { TURN_URLS: 'turn:turn.example.org:3478, turns:turn.example.org:5349?transport=tcp', TURN_SECRET: 'sixteen-letters!' };
    expect(readConfig(relay).TURN_URLS).toEqual(['turn:turn.example.org:3478', 'turns:turn.example.org:5349?transport=tcp']);
    expect(problemsOf({ TURN_URLS: relay.TURN_URLS })).toEqual(['TURN_SECRET']);
    expect(problemsOf({ TURN_SECRET: relay.TURN_SECRET })).toEqual(['TURN_URLS']);
    expect(problemsOf({ ...relay, TURN_URLS: 'https://turn.example.org' })).toEqual(['TURN_URLS']);
  });

  it('wants a port for each media worker', () => {
    expect(problemsOf({ MEDIA_PORT: '65530', MEDIA_WORKERS: '7' })).toEqual(['MEDIA_PORT']);
    expect(problemsOf({ MEDIA_PORT: '65530', MEDIA_WORKERS: '6' })).toEqual([]);
  });
});
