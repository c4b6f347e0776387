/** `npm run bench -- torture [--seed N] [--clients N] [--seconds N] [--rate N]`: the long form of the torture. Prints one JSON line; ends with 1 where something is wrong. */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { torture } from '../cluster/torture/torture.js';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(randomInt(2 ** 31)) },
    clients: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '60' },
    rate: { type: 'string', default: '25' },
  },
});
const options = { seed: Number(values.seed), clients: Number(values.clients), seconds: Number(values.seconds), messagesPerSecond: Number(values.rate), nodeKills: 5, redisRestarts: 2 };
process.stderr.write(`seed ${options.seed}\n`);
const report = await torture(options);
process.stdout.write(`${JSON.stringify({ bench: 'torture', ...options, ...report })}\n`);
if (report.wrong.length > 0) process.exitCode = 1;
