/** How the media worker is made: which sources share a unit, and what is said when there is none. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listWorkerSources, planUnits } from '../../tools/mediaWorker/unitPlan.mjs';

const workerFolder = new URL('../../node_modules/mediasoup/worker', import.meta.url).pathname;
const provision = new URL('../../tools/mediaWorker/provision.mjs', import.meta.url).pathname;

describe('the units of the worker', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'units-'));
    mkdirSync(path.join(folder, 'src'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('hold each source of the package exactly once', () => {
    const sources = listWorkerSources(workerFolder);
    expect(sources).toContain('src/main.cpp');
    expect(sources).toContain('src/RTC/DtlsTransport.cpp');
    const planned = planUnits(workerFolder, sources, 12).flatMap((unit) => unit.sources);
    expect(planned.sort()).toEqual([...sources].sort());
  });

  it('keep sources apart that define the same static name, and let the others meet', () => {
    const statics: Record<string, string> = {
      'a.cpp': 'static int counter{ 0 };',
      'b.cpp': 'namespace x\n{\n\tinline static void counter(int a)\n\t{\n\t}\n}',
      'c.cpp': 'alignas(4) static thread_local uint8_t buffer[65536];',
      'd.cpp': 'static const std::map<int, std::string> Names =\n{\n};',
    };
    for (const [name, code] of Object.entries(statics)) writeFileSync(path.join(folder, 'src', name), code);
    const units = planUnits(folder, ['src/a.cpp', 'src/b.cpp', 'src/c.cpp', 'src/d.cpp'], 1);
    const unitOf = (source: string): string | undefined => units.find((unit) => unit.sources.includes(source))?.name;
    expect(units).toHaveLength(2);
    expect(unitOf('src/a.cpp')).not.toBe(unitOf('src/b.cpp'));
    expect(units.some((unit) => unit.sources.length === 3)).toBe(true);
  });
});

describe('the provisioning tool', () => {
  it('says in one JSON line why a worker that was named cannot serve, and fails', async () => {
    const child = spawn(process.execPath, [provision, '--json'], {
      env: { ...process.env, MEDIASOUP_WORKER_BIN: '/bin/false' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
    expect(JSON.parse(output)).toEqual({ state: 'unavailable', reason: expect.stringContaining('/bin/false') });
    expect(code).toBe(1);
  });
});
