/** Certificates, through the doors; signatures are proved by `node:crypto` and PDFs are read by a reader of their own. */
import { createPublicKey, verify } from 'node:crypto';
import type { z } from 'zod';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Member } from '../../../server/models/member.js';
import type { Route } from '../../../shared/define.js';
import { attendance } from '../../../shared/contracts/attendance/attendance.js';
import { certificatePdfPath, certificates, type CertificateView } from '../../../shared/contracts/attendance/certificates.js';
import { memberExport } from '../../../shared/contracts/members.js';
import { moderation } from '../../../shared/contracts/moderation.js';
import { workshops } from '../../../shared/contracts/workshops.js';
import { findStatement } from '../../../client/certificates/findStatement.js';
import { askRoute, type Guest } from '../../support/guest.js';
import { openHouse, type House } from '../../support/house.js';
import { codeOf } from '../http/answer.js';
import { dataOf, endTicket, publish, ticketHolder, type Published } from '../workshops/aWorkshop.js';
import { readPdf } from './readPdf.js';

/** Far ahead: a store removes sessions that have expired by its own clock. */
const start = new Date('2096-11-20T18:00:00.000Z').getTime();
const title = '流的内部：背压 Streams from the inside';

interface Jwks {
  keys: { kid: string; kty: string; crv: string; x: string }[];
}

describe('certificates', () => {
  let house: House;
  let clock = start;
  let over: Published;
  let earner: Guest;
  let brief: Guest;
  let refunded: Guest;
  let given: CertificateView;
  /** What was answered while the workshop was live. */
  let early: unknown;

  const get = (path: string): Promise<Response> => fetch(house.url + path);
  const published = async (): Promise<Jwks> => (await (await get('/.well-known/jwks.json')).json()) as Jwks;
  const refused = (code: string, data: object = {}) => ({ ok: false, failure: { code, data } });
  const anyone = <R extends Route>(route: R, input: z.input<R['input']>) => askRoute(house.url, route, input);

  beforeAll(async () => {
    house = await openHouse({ now: () => new Date(clock) });
    over = await publish(house, { title });
    const input = { workshopId: over.workshop.id };
    [earner, brief, refunded] = await Promise.all([ticketHolder(house, over.workshop.id), ticketHolder(house, over.workshop.id), ticketHolder(house, over.workshop.id)]);
    await Member.updateOne({ _id: earner.id }, { $set: { name: '张伟 堃 O’Neill' } });
    for (const guest of [over.host, earner, brief, refunded]) dataOf(await guest.call(workshops.enter, input));
    dataOf(await over.host.call(workshops.goLive, input));
    early = await earner.ask(certificates.issue, input);
    clock += 60_000;
    dataOf(await brief.call(workshops.leave, input));
    clock += 240_000;
    dataOf(await refunded.call(workshops.leave, input));
    clock += 30_000;
    dataOf(await over.host.call(workshops.end, input));
    await endTicket(house, refunded, over.workshop.id);
    given = dataOf(await earner.ask(certificates.issue, input));
  });
  afterAll(() => house.close());
  beforeEach(() => {
    clock = start + 360_000;
  });

  it('are for those who stayed long enough, once, whatever became of the ticket; and for nobody else', async () => {
    const input = { workshopId: over.workshop.id };
    expect(given).toMatchObject({ name: '张伟 堃 O’Neill', workshop: title, community: 'Guildhall', minutes: 5, percent: 100, liveAt: new Date(start).toISOString(), revoked: null });
    const again = await Promise.all([earner.ask(certificates.issue, input), earner.ask(certificates.issue, input)]);
    for (const reply of again) expect(dataOf(reply)).toEqual(given);
    expect(await brief.ask(certificates.issue, input)).toEqual(refused('certificate.not_earned', { reason: 'too_short' }));
    // Ninety percent: the refund took the right away, not the truth.
    expect(dataOf(await refunded.ask(certificates.issue, input)).percent).toBe(90);
    expect(await (await house.guest()).ask(certificates.issue, input)).toEqual(refused('certificate.not_earned', { reason: 'too_short' }));
    expect(await anyone(certificates.issue, input)).toEqual(refused('session.required'));
    expect(early).toEqual(refused('certificate.not_earned', { reason: 'not_final' }));
    const none = await publish(house, { certificatePercent: null });
    const ofNone = { workshopId: none.workshop.id };
    dataOf(await none.host.call(workshops.enter, ofNone));
    dataOf(await none.host.call(workshops.goLive, ofNone));
    clock += 60_000;
    dataOf(await none.host.call(workshops.end, ofNone));
    expect(await none.host.ask(certificates.issue, ofNone)).toEqual(refused('certificate.not_earned', { reason: 'none_given' }));
  });

  it('are shown to whoever knows their id, without an account, and say no more than they must', async () => {
    expect(given.id).toMatch(/^[\w-]{22}$/);
    const shown = await anyone(certificates.show, { certificateId: given.id });
    expect(shown).toEqual({ ok: true, data: given });
    const { email } = await Member.findById(earner.id).orFail().lean();
    for (const secret of [email, earner.id, over.workshop.id]) expect(JSON.stringify(shown)).not.toContain(secret);
    expect(await anyone(certificates.show, { certificateId: 'A'.repeat(22) })).toEqual(refused('certificate.not_found'));
  });

  it('are signed, so that anybody can prove them with the published key and nothing of ours', async () => {
    const [header = '', payload = '', signature = ''] = given.statement.split('.');
    const { alg, kid } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { alg: string; kid: string };
    expect(alg).toBe('EdDSA');
    const key = (await published()).keys.find((one) => one.kid === kid);
    if (!key) throw new Error('the key is not published');
    expect(Object.keys(key)).not.toContain('d');
    const publicKey = createPublicKey({ key: { ...key }, format: 'jwk' });
    const proves = (text: string): boolean => verify(null, Buffer.from(`${header}.${text}`), publicKey, Buffer.from(signature, 'base64url'));
    expect(proves(payload)).toBe(true);
    const said = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
    expect(said).toMatchObject({ iss: 'http://localhost', jti: given.id, name: given.name, workshop: title, minutes: 5 });
    const forged = Buffer.from(JSON.stringify({ ...said, minutes: 500 })).toString('base64url');
    expect(proves(forged)).toBe(false);

    expect(await anyone(certificates.verify, { statement: given.statement })).toEqual({ ok: true, data: given });
    const unsigned = Buffer.from(JSON.stringify({ alg: 'none', kid })).toString('base64url');
    for (const statement of [`${header}.${forged}.${signature}`, `${unsigned}.${payload}.`, `${unsigned}.${payload}.${signature}`, `${header}.${payload}.${signature.slice(0, -4)}AAAA`, 'a.b.c', given.id]) {
      expect(await anyone(certificates.verify, { statement }), statement.slice(0, 60)).toEqual(refused('certificate.forged'));
    }
  });

  it('are had as a PDF in both languages, with the names as they are written, a link, and the statement inside', async () => {
    for (const [language, words] of [['en', 'Certificate of attendance'], ['zh-CN', '出席证书']] as const) {
      const response = await get(certificatePdfPath(given.id, language));
      expect(response.headers.get('content-type')).toBe('application/pdf');
      const bytes = Buffer.from(await response.arrayBuffer());
      const pdf = await readPdf(bytes);
      expect(pdf).toMatchObject({ pages: 1, links: [`http://localhost/certificates/${given.id}`], info: { Language: language, Keywords: given.statement } });
      for (const text of [words, given.name, title, `/certificates/${given.id}`]) expect(pdf.text).toContain(text);
      expect(bytes.length).toBeLessThan(200_000);
      // What the page for checking finds in the file that is put into it.
      expect(findStatement(bytes.toString('latin1'))).toBe(given.statement);
    }
    expect(await codeOf(await get(certificatePdfPath('A'.repeat(22), 'en')))).toBe('certificate.not_found');
    expect(await codeOf(await get(certificatePdfPath(given.id, 'tlh')))).toBe('input.invalid');
  });

  it('stay provable when a new key signs', async () => {
    expect(await over.host.ask(certificates.rotateKey, {})).toEqual(refused('role.required'));
    const before = dataOf(await over.organizer.ask(certificates.signingKey, {}));
    const after = dataOf(await over.organizer.ask(certificates.rotateKey, {}));
    expect(after).toMatchObject({ earlier: before.earlier + 1 });
    expect((await published()).keys.map(({ kid }) => kid)).toEqual([after.kid, before.kid]);
    expect(await anyone(certificates.verify, { statement: given.statement })).toEqual({ ok: true, data: given });
    const fresh = dataOf(await over.host.ask(certificates.issue, { workshopId: over.workshop.id }));
    expect(JSON.parse(Buffer.from(fresh.statement.split('.')[0] ?? '', 'base64url').toString())).toMatchObject({ kid: after.kid });
    expect(await anyone(certificates.verify, { statement: fresh.statement })).toEqual({ ok: true, data: fresh });
  });

  it('outlast a ban, and are revoked by a host of their workshop only, and then say so', async () => {
    const input = { certificateId: given.id, reason: 'Given to the wrong person' };
    const ban = { roomId: over.workshop.roomId, clientRestrictionId: crypto.randomUUID(), kind: 'ban', memberId: earner.id, minutes: null, reason: 'Spam' } as const;
    dataOf(await over.organizer.call(moderation.restrict, ban));
    expect(await anyone(certificates.show, { certificateId: given.id })).toEqual({ ok: true, data: given });
    for (const guest of [earner, brief, await house.guest({ role: 'host' }), await house.guest({ role: 'moderator' })]) expect(await guest.ask(certificates.revoke, input)).toEqual(refused('certificate.not_found'));
    expect(await anyone(certificates.show, { certificateId: given.id })).toEqual({ ok: true, data: given });

    const revoked = dataOf(await over.host.ask(certificates.revoke, input));
    expect(revoked).toEqual({ ...given, revoked: { at: new Date(clock).toISOString(), reason: input.reason } });
    clock += 60_000;
    expect(dataOf(await over.organizer.ask(certificates.revoke, { ...input, reason: 'Another' }))).toEqual(revoked);
    expect(await anyone(certificates.show, { certificateId: given.id })).toEqual({ ok: true, data: revoked });
    expect(await anyone(certificates.verify, { statement: given.statement })).toEqual({ ok: true, data: revoked });
    expect(await codeOf(await get(certificatePdfPath(given.id, 'en')))).toBe('certificate.revoked');
    expect(dataOf(await earner.ask(attendance.mine, {})).workshops).toMatchObject([{ certificate: { id: given.id, isRevoked: true } }]);
  });

  it('are in the member\'s data export, with what else the house keeps of them and nothing of others', async () => {
    const { chapters } = dataOf(await refunded.ask(memberExport.show, {}));
    const { email } = await Member.findById(refunded.id).orFail().lean();
    expect(chapters).toMatchObject({
      member: { account: { email, name: refunded.name }, rights: [{ kind: 'workshop', endReason: 'refunded' }] },
      attendance: { workshops: [{ title, percent: 90 }], stays: [{ leaveReason: 'left' }] },
      certificates: [{ name: refunded.name, percent: 90 }],
    });
    const text = JSON.stringify(chapters);
    for (const secret of ['passwordHash', 'tokenHash', earner.id, given.id]) expect(text).not.toContain(secret);
    expect(await anyone(memberExport.show, {})).toEqual(refused('session.required'));
  });
});
