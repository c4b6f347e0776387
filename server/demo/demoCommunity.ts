/** The demo community: made up from end to end. Its ids are fixed, so that making it again finishes what a crash left half done. */
import type { PublishWorkshop } from '../../shared/contracts/workshops.js';
import type { SetPrice } from '../../shared/contracts/memberships/prices.js';
import type { SaveTier } from '../../shared/contracts/tiers.js';
import type { CreateRoom } from '../../shared/contracts/rooms.js';
import type { Role } from '../../shared/roles.js';

export interface DemoPerson {
  email: string;
  name: string;
  role: Role;
  tierKey: string | null;
}

export const demoName = { name: 'Rivet Guild', tagline: 'The community of the Rivet runtime' };

export const demoPeople: readonly DemoPerson[] = [
  { email: 'organizer@rivet.example', name: 'Ines Carvalho', role: 'organizer', tierKey: null },
  { email: 'host@rivet.example', name: 'Mara Lind', role: 'host', tierKey: null },
  { email: 'supporter@rivet.example', name: 'Wei Zhang 张伟', role: 'member', tierKey: 'supporter' },
  { email: 'member@rivet.example', name: 'Kofi Mensah', role: 'member', tierKey: null },
];

export const demoFreeTier = { name: 'Reader', perks: ['Open rooms', 'Tickets to every workshop'] };

export const demoTiers: readonly SaveTier[] = [
  { key: 'supporter', name: 'Supporter', rank: 1, perks: ['Everything of Reader', 'The supporters’ room'] },
  { key: 'sustainer', name: 'Sustainer', rank: 2, perks: ['Everything of Supporter', 'The maintainers’ table'] },
];

/** A month and a year of each tier; a year costs what ten months do. */
export const demoPrices: readonly SetPrice[] = [
  { clientPriceId: '4c1f7e02-90b3-4d6e-8a17-5b2e6f3a3001', tierKey: 'supporter', interval: 'month', amount: 500, currency: 'eur', trialDays: 14 },
  { clientPriceId: '4c1f7e02-90b3-4d6e-8a17-5b2e6f3a3002', tierKey: 'supporter', interval: 'year', amount: 5_000, currency: 'eur', trialDays: 14 },
  { clientPriceId: '4c1f7e02-90b3-4d6e-8a17-5b2e6f3a3003', tierKey: 'sustainer', interval: 'month', amount: 1_500, currency: 'eur', trialDays: 0 },
  { clientPriceId: '4c1f7e02-90b3-4d6e-8a17-5b2e6f3a3004', tierKey: 'sustainer', interval: 'year', amount: 15_000, currency: 'eur', trialDays: 0 },
];

export const demoRooms: readonly CreateRoom[] = [
  { name: 'general', topic: 'Say hello, ask anything', gate: { kind: 'tier', tierKey: 'free' } },
  { name: 'show-and-tell', topic: 'What you built this week', gate: { kind: 'tier', tierKey: 'free' } },
  { name: 'supporters', topic: 'Early builds and plans', gate: { kind: 'tier', tierKey: 'supporter' } },
  { name: 'maintainers-table', topic: 'What to build next, with those who build it', gate: { kind: 'tier', tierKey: 'sustainer' } },
];

/** What was said before the newcomer came: by whom (an index into the people), where, and what. */
export const demoMessages: readonly { room: string; author: number; clientMessageId: string; text: string }[] = [
  { room: 'general', author: 0, clientMessageId: '5d0f2a10-3c1e-4b7a-9a51-0c7d5a7e1001', text: 'Welcome to the guild! Introduce yourself, and tell us what brought you to Rivet.' },
  { room: 'general', author: 3, clientMessageId: '5d0f2a10-3c1e-4b7a-9a51-0c7d5a7e1002', text: 'Hi, I am Kofi. I write firmware by day and came for the scheduler.' },
  { room: 'general', author: 2, clientMessageId: '5d0f2a10-3c1e-4b7a-9a51-0c7d5a7e1003', text: '大家好！I port command-line tools and have a question or two for the workshop.' },
  { room: 'general', author: 1, clientMessageId: '5d0f2a10-3c1e-4b7a-9a51-0c7d5a7e1004', text: 'Bring them. Office hours are open today, and tomorrow we take I/O apart together.' },
  { room: 'show-and-tell', author: 3, clientMessageId: '5d0f2a10-3c1e-4b7a-9a51-0c7d5a7e1005', text: 'First light: a thermostat that has run on Rivet for three weeks without a restart.' },
  { room: 'supporters', author: 1, clientMessageId: '5d0f2a10-3c1e-4b7a-9a51-0c7d5a7e1006', text: 'The next release candidate is here first. Tell us what breaks.' },
];

const hourMs = 3_600_000;

/** One workshop tomorrow, with a price, and one that is open now. */
export function demoWorkshops(now: Date, hostId: string): PublishWorkshop[] {
  const tomorrow = new Date(Math.ceil((now.getTime() + 24 * hourMs) / hourMs) * hourMs);
  return [
    {
      clientWorkshopId: '7a9d1c52-8f0e-4e0b-8a53-6d1c4b2f0001',
      title: 'Zero-copy I/O, hands on',
      summary: 'Take the read path apart and put it together without a single copy.\nYou will write a reader that lends its buffers, see what cancellation does to a loan, and measure the difference.\nBring a laptop with Rivet 2 or newer.',
      startsAt: tomorrow.toISOString(),
      minutes: 90,
      hostIds: [hostId],
      currency: 'eur',
      pools: [{ key: 'main', name: '', capacity: 50 }],
      types: [{ key: 'main', name: '', pool: 'main', price: 1_800, rules: [{ kind: 'member', tierKey: 'supporter', price: 1_200 }] }],
      refundPolicy: '',
      refundRules: { fullHours: 2, partial: { percent: 50, hours: 0 } },
      certificatePercent: 80,
    },
    {
      clientWorkshopId: '7a9d1c52-8f0e-4e0b-8a53-6d1c4b2f0002',
      title: 'Office hours: bring your questions',
      summary: 'An open hour with a maintainer. Ask ahead or ask live; the queue decides.',
      startsAt: now.toISOString(),
      minutes: 60,
      hostIds: [hostId],
      currency: 'eur',
      pools: [{ key: 'main', name: '', capacity: 100 }],
      types: [{ key: 'main', name: '', pool: 'main', price: 0, rules: [] }],
      refundPolicy: '',
      refundRules: null,
      certificatePercent: 80,
    },
  ];
}
