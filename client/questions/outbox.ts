/**
 * Questions and votes on their way out. They are kept apart from any page, so that leaving a workshop, losing the connection
 * or loading the page again loses none. A question carries its own id, so that it is asked once however often it is sent; of
 * the votes for one question the last is sent, which says what shall be.
 */
import { useSyncExternalStore } from 'react';
import { z } from 'zod';
import { AskQuestion, questions, VoteQuestion, type MyVote, type QuestionView } from '../../shared/contracts/live/questions.js';
import { AppError } from '../../shared/failures.js';
import { newClientId } from '../api/clientId.js';
import { session } from '../api/session.js';
import { call, onConnected } from '../api/socket.js';
import { createStore } from '../api/store.js';

const Kept = z.object({ asks: z.array(AskQuestion), votes: z.array(VoteQuestion) });

/** A question the server has not stored yet, as far as is known here. */
export interface PendingAsk extends AskQuestion {
  /** Why the server refused it; null while it is on its way. */
  refusal: AppError | null;
}

export interface QuestionOutbox {
  asks: readonly PendingAsk[];
  votes: readonly VoteQuestion[];
}

/** What a reply told of a workshop's questions, ahead of the push. */
export interface OutboxReply {
  workshopId: string;
  question?: QuestionView;
  votes?: { questionId: string; votes: number; myVotes: readonly MyVote[] };
}

const nothing: QuestionOutbox = { asks: [], votes: [] };
const storageKey = (memberId: string): string => `guildhall.questions.${memberId}`;
const outbox = createStore<QuestionOutbox>(nothing);
const listeners = new Set<(reply: OutboxReply) => void>();
let memberId: string | null = null;
let isSending = false;

function change(next: QuestionOutbox): void {
  outbox.set(next);
  if (memberId !== null) sessionStorage.setItem(storageKey(memberId), JSON.stringify({ asks: next.asks.map(({ refusal: _, ...kept }) => kept), votes: next.votes }));
}

function readKept(member: string): QuestionOutbox {
  const text = sessionStorage.getItem(storageKey(member));
  if (text === null) return nothing;
  try {
    const { asks, votes } = Kept.parse(JSON.parse(text));
    return { asks: asks.map((one) => ({ ...one, refusal: null })), votes };
  } catch {
    sessionStorage.removeItem(storageKey(member));
    return nothing;
  }
}

function followSession(): void {
  const next = session.get().me?.id ?? null;
  if (next === memberId) return;
  memberId = next;
  outbox.set(next === null ? nothing : readKept(next));
  void sendAll();
}

function tellReply(reply: OutboxReply): void {
  for (const listener of [...listeners]) listener(reply);
}

/** Answers whether the next may be sent: offline nothing is, and all stays where it is. */
async function sendAsk(pending: PendingAsk): Promise<boolean> {
  const { refusal: _, ...input } = pending;
  try {
    tellReply({ workshopId: pending.workshopId, question: await call(questions.ask, input) });
    discard(pending.clientQuestionId);
    return true;
  } catch (error) {
    if (!(error instanceof AppError)) return false;
    change({ ...outbox.get(), asks: outbox.get().asks.map((one) => (one.clientQuestionId === pending.clientQuestionId ? { ...one, refusal: error } : one)) });
    return true;
  }
}

async function sendVote(wanted: VoteQuestion): Promise<boolean> {
  const { workshopId, questionId } = wanted;
  try {
    tellReply({ workshopId, votes: { questionId, ...(await call(questions.vote, wanted)) } });
  } catch (error) {
    // What was refused is not voted for any more: it is gone, or was put back.
    if (!(error instanceof AppError)) return false;
  }
  // Whoever has changed their mind meanwhile has put another in its place.
  change({ ...outbox.get(), votes: outbox.get().votes.filter((one) => one !== wanted) });
  return true;
}

async function sendAll(): Promise<void> {
  if (isSending) return;
  isSending = true;
  try {
    for (;;) {
      const next = outbox.get().asks.find(({ refusal }) => refusal === null);
      const [wanted] = outbox.get().votes;
      const isSent = next ? await sendAsk(next) : wanted ? await sendVote(wanted) : false;
      if (!isSent) return;
    }
  } finally {
    isSending = false;
  }
}

session.subscribe(followSession);
followSession();
onConnected(() => void sendAll());

/** Puts a question on its way. */
export function ask(question: Omit<AskQuestion, 'clientQuestionId'>): void {
  change({ ...outbox.get(), asks: [...outbox.get().asks, { ...question, clientQuestionId: newClientId(), refusal: null }] });
  void sendAll();
}

/** Tries a refused question again, under the id it had. */
export function askAgain(clientQuestionId: string): void {
  change({ ...outbox.get(), asks: outbox.get().asks.map((one) => (one.clientQuestionId === clientQuestionId ? { ...one, refusal: null } : one)) });
  void sendAll();
}

/** Gives a question up, or lets go of one that was stored. */
export function discard(clientQuestionId: string): void {
  change({ ...outbox.get(), asks: outbox.get().asks.filter((one) => one.clientQuestionId !== clientQuestionId) });
}

/** Puts a vote, or its taking back, on its way. */
export function vote(wanted: VoteQuestion): void {
  change({ ...outbox.get(), votes: [...outbox.get().votes.filter(({ questionId }) => questionId !== wanted.questionId), wanted] });
  void sendAll();
}

/** Hears what replies told; the answer stops it. */
export function onOutboxReply(listener: (reply: OutboxReply) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What is not stored yet, in the order in which it was done. */
export function useQuestionOutbox(): QuestionOutbox {
  return useSyncExternalStore(outbox.subscribe, outbox.get);
}
