/** What the composer offers while one writes, and whom a text calls. */
import { describe, expect, it } from 'vitest';
import { alsoCallable, callsOf, peopleSeen, type CallableHere } from '../../client/chat/composer/callableHere.js';
import { complete, fitting, tokenAt, type Candidate } from '../../client/chat/composer/completions.js';
import { escapeName } from '../../client/chat/text/mentions.js';
import type { PersonView } from '../../shared/contracts/members.js';

function person(number: number, name: string): PersonView {
  return { id: String(number).padStart(24, '0'), name, role: 'member' };
}

const [ana, nunes, zhang, star] = [person(1, 'Ana'), person(2, 'Ana Nunes'), person(3, '张伟'), person(4, '*Star*')];
const here: CallableHere = { people: [ana, nunes, zhang, star], room: true, tiers: [{ key: 'supporter', name: 'Supporter', rank: 1, perks: [] }] };
const member: CallableHere = { ...here, room: false, tiers: [] };

describe('what is being completed', () => {
  it.each([
    ['@', '@', ''],
    ['hello @an', '@', 'an'],
    ['hello @Ana Nu', '@', 'Ana Nu'],
    ['请@张', '@', '张'],
    ['well :tad', ':', 'tad'],
  ])('is found at the end of %j', (text, sign, query) => {
    const token = tokenAt(text, text.length);
    expect(token && [token.sign, token.query]).toEqual([sign, query]);
  });

  it.each(['ana@example', 'so :)', ': no', 'at 10:30', '@ none', 'a::b', '@Ana\nnext', `@${'x'.repeat(41)}`])('is nothing at the end of %j', (text) => {
    expect(tokenAt(text, text.length)).toBeNull();
  });

  it('takes the place of what was written, and leaves what stands after it', () => {
    const text = 'ask @an about it';
    const token = tokenAt(text, 7);
    const candidate: Candidate = { key: '1', label: 'Ana', insert: '@Ana' };
    expect(token && complete(text, token, candidate)).toEqual({ text: 'ask @Ana about it', caret: 9 });
  });

  it('offers those that begin so before those that only hold it', () => {
    const names = ['Joanna', 'Ana', 'Bo Anders', 'Carl'].map((label): Candidate => ({ key: label, label, insert: label }));
    expect(fitting(names, 'an', 8).map(({ label }) => label)).toEqual(['Ana', 'Bo Anders', 'Joanna']);
  });
});

describe('whom a text calls', () => {
  const namesOf = (text: string, callable = here): string[] => callsOf(text, callable).people.map(({ name }) => name);

  it('is whoever stands in it by name, the longest name first, and not in code', () => {
    expect(namesOf('@Ana Nunes, 请@张伟看; `@Ana`')).toEqual(['Ana Nunes', '张伟']);
    expect(namesOf('```\n@Ana\n```')).toEqual([]);
    expect(namesOf('> @Ana\n\n- @张伟')).toEqual(['Ana', '张伟']);
  });

  it('knows a name full of marks as it was completed', () => {
    expect(namesOf(`hello @${escapeName('*Star*')}`)).toEqual(['*Star*']);
  });

  it('may be the room and a tier, for whoever may call them; for others these are words', () => {
    expect(callsOf('@room and @supporter', here).mentions).toEqual({ memberIds: [], room: true, tierKeys: ['supporter'] });
    expect(callsOf('@room and @supporter', member).mentions).toEqual({ memberIds: [], room: false, tierKeys: [] });
  });

  it('is, in an edit, also whoever it called before, though they are not here to be seen', () => {
    const absent = person(7, 'Noor');
    expect(namesOf('@Noor and @Ana')).toEqual(['Ana']);
    expect(namesOf('@Noor and @Ana', alsoCallable(here, [absent]))).toEqual(['Noor', 'Ana']);
    const otherAna = person(8, 'Ana');
    expect(callsOf('@Ana', alsoCallable(here, [otherAna])).mentions.memberIds).toEqual([otherAna.id]);
  });

  it('is found among those who are here or spoke, each once, without me', () => {
    expect(peopleSeen([ana, zhang], [nunes, ana, star, person(9, '')], star.id).map(({ name }) => name)).toEqual(['Ana', 'Ana Nunes', '张伟']);
  });
});
