/** The people of the access matrix, and the two workshops they stand to: their own and a foreign one. */
import { randomUUID } from 'node:crypto';
import { chat } from '../../../shared/contracts/chat.js';
import { polls } from '../../../shared/contracts/live/polls.js';
import { questions } from '../../../shared/contracts/live/questions.js';
import type { StageView } from '../../../shared/contracts/live/stage.js';
import { steps } from '../../../shared/contracts/live/steps.js';
import { workshops, type WorkshopView } from '../../../shared/contracts/workshops.js';
import type { MediaStatus } from '../../../shared/contracts/community.js';
import type { StageNews } from '../../../server/media/stages.js';
import type { Guest } from '../../support/guest.js';
import { openHouse, type House } from '../../support/house.js';
import { noVideo } from '../../support/noVideo.js';
import { draftOf, stepsOf } from '../polls/aPoll.js';
import { dataOf, endTicket, publish, ticketHolder, type Published } from '../workshops/aWorkshop.js';

/** Everybody who has an account; who has none cannot open a socket at all. */
export const people = ['free', 'holder', 'refunded', 'host', 'organizer'] as const;
export type PersonName = (typeof people)[number];

/** A workshop as the matrix asks about it. */
export interface Place {
  workshop: WorkshopView;
  /** A pending question in it. */
  questionId: string;
  /** A message in its room: in the own workshop's by the holder, in the foreign one's by its host. */
  messageId: string;
  /** An open poll, with results that are shown. */
  pollId: string;
  /** A step of its checklist. */
  stepId: string;
}

export interface Cast {
  house: House;
  guests: Record<PersonName, Guest>;
  own: Place;
  foreign: Place;
  /** Lets the stage tell something, as if media had happened. */
  tellStage(news: StageNews): void;
  tellMediaStatus(status: MediaStatus): void;
}

/** A stage one may stand on though no media flows: what is told of it is what the matrix asks about. */
const emptyStage: StageView = {
  epoch: 1,
  routerRtpCapabilities: {},
  receive: { id: 'none', iceParameters: {}, iceCandidates: [], dtlsParameters: {} },
  send: null,
  ice: { servers: [], expiresAt: null },
  tracks: [],
  speakingTrackId: null,
};

export async function openCast(): Promise<Cast> {
  let tellStage: (news: StageNews) => void = () => {};
  let tellMediaStatus: (status: MediaStatus) => void = () => {};
  const house = await openHouse({
    stages(_outside, onNews) {
      tellStage = onNews;
      return { ...noVideo, join: () => Promise.resolve(emptyStage), onStatus: (hear) => void (tellMediaStatus = hear) };
    },
  });
  const [first, second] = [await publish(house), await publish(house)];
  const guests = {
    free: await house.guest(),
    holder: await ticketHolder(house, first.workshop.id),
    refunded: await ticketHolder(house, first.workshop.id),
    host: first.host,
    organizer: first.organizer,
  };
  // Their tickets were put into the store past the doors; this is the news of the one that stands.
  await house.app.deps.rightsChanged({ memberId: guests.holder.id, scope: { kind: 'workshop', workshopId: first.workshop.id }, change: 'started', reason: null });
  await endTicket(house, guests.refunded, first.workshop.id);
  const own = await placeOf(first, guests.holder);
  const foreign = await placeOf(second, second.host);
  return { house, guests, own, foreign, tellStage: (news) => tellStage(news), tellMediaStatus: (status) => tellMediaStatus(status) };
}

async function placeOf({ workshop, host }: Published, author: Guest): Promise<Place> {
  const message = dataOf(await author.call(chat.send, { roomId: workshop.roomId, clientMessageId: randomUUID(), text: 'Is this on?' }));
  const [step] = dataOf(await host.call(steps.save, { workshopId: workshop.id, version: 0, steps: stepsOf('Clone') })).steps;
  return { workshop, questionId: await askIn(workshop, author), messageId: message.id, pollId: await launchIn(workshop, host), stepId: step?.id ?? '' };
}

async function askIn(workshop: WorkshopView, asker: Guest): Promise<string> {
  dataOf(await asker.call(workshops.enter, { workshopId: workshop.id }));
  return dataOf(await asker.call(questions.ask, { workshopId: workshop.id, clientQuestionId: randomUUID(), text: 'Why?' })).id;
}

/** A poll that everybody inside may vote in. */
export async function launchIn({ id: workshopId }: WorkshopView, host: Guest, resultsShown = true): Promise<string> {
  const { id } = dataOf(await host.call(polls.create, { workshopId, clientPollId: randomUUID(), draft: draftOf({ resultsShown }) }));
  dataOf(await host.call(polls.launch, { workshopId, pollId: id }));
  return id;
}
