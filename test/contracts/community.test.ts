/** What the routes of the community, its tiers and its rooms take and refuse. */
import { describe, expect, it } from 'vitest';
import { community } from '../../shared/contracts/community.js';
import { rooms } from '../../shared/contracts/rooms.js';
import { tiers } from '../../shared/contracts/tiers.js';
import { limits } from '../../shared/limits.js';

const tier = { key: 'supporter', name: 'Supporter', rank: 1, perks: ['A room of their own'] };
const room = { name: 'general', topic: 'Everything', gate: { kind: 'tier', tierKey: 'free' } };

describe('saving a tier', () => {
  it.each([
    ['a tier', tier],
    ['the highest rank', { ...tier, rank: 100 }],
    ['a tier without perks', { ...tier, perks: [] }],
  ])('takes %s', (_name, input) => {
    expect(tiers.save.input.parse(input)).toEqual(input);
  });

  it.each([
    ['the rank that is everybody’s', { ...tier, rank: 0 }],
    ['half a rank', { ...tier, rank: 1.5 }],
    ['a key in capitals', { ...tier, key: 'Supporter' }],
    ['a key with a dot', { ...tier, key: 'a.b' }],
    ['a key with a dollar', { ...tier, key: '$where' }],
    ['a perk of blanks', { ...tier, perks: [' '] }],
    ['too many perks', { ...tier, perks: Array.from({ length: 9 }, () => 'x') }],
    ['a name of blanks', { ...tier, name: ' ' }],
  ])('refuses %s', (_name, input) => {
    expect(tiers.save.input.safeParse(input).success).toBe(false);
  });
});

describe('making a room', () => {
  it.each([
    ['a room for a tier', room],
    ['a room for staff', { ...room, gate: { kind: 'staff' } }],
    ['a name of another script', { ...room, name: '大厅-1' }],
  ])('takes %s', (_name, input) => {
    expect(rooms.create.input.parse(input)).toEqual(input);
  });

  it.each([
    ['a name with blanks', { ...room, name: 'two words' }],
    ['a name that starts with a dash', { ...room, name: '-x' }],
    ['a name that is too long', { ...room, name: 'a'.repeat(limits.roomNameLength + 1) }],
    ['a gate of a workshop, which is not made here', { ...room, gate: { kind: 'workshop', workshopId: 'a'.repeat(24) } }],
    ['a rank of its own choice', { ...room, gate: { kind: 'tier', tierKey: 'free', rank: 0 } }],
    ['a tier that is an operator', { ...room, gate: { kind: 'tier', tierKey: { $ne: '' } } }],
    ['no gate', { name: room.name, topic: room.topic }],
    ['a gate nobody knows', { ...room, gate: { kind: 'open' } }],
  ])('refuses %s', (_name, input) => {
    expect(rooms.create.input.safeParse(input).success).toBe(false);
  });
});

describe('saving the community', () => {
  it('takes a name and a tagline, which may be empty', () => {
    expect(community.save.input.parse({ name: ' Guild ', tagline: ' ' })).toEqual({ name: 'Guild', tagline: '' });
  });

  it.each([
    ['no name', { name: ' ', tagline: '' }],
    ['a name that is too long', { name: 'a'.repeat(limits.nameLength + 1), tagline: '' }],
    ['a name that is an operator', { name: { $gt: '' }, tagline: '' }],
    ['a field nobody asked for', { name: 'Guild', tagline: '', setupHash: 'x' }],
  ])('refuses %s', (_name, input) => {
    expect(community.save.input.safeParse(input).success).toBe(false);
  });
});
