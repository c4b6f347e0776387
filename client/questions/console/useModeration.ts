/** What a host does with questions, by button or by key, one thing after the other; and taking it back. */
import { useEffect, useState, useSyncExternalStore } from 'react';
import { call } from '../../api/socket.js';
import { createStore } from '../../api/store.js';
import { questions, type QuestionView } from '../../../shared/contracts/live/questions.js';
import { actsOf, laterOf, leadsTo, movesTo, type Act, type Done, type Move } from './acts.js';

export interface ModerationState {
  /** The question that is being changed; one at a time. */
  busyId: string | null;
  /** What went wrong last, and with which question; null when all is well. */
  trouble: { questionId: string; error: unknown } | null;
  /** What can be taken back, the last first to go. */
  done: readonly Done[];
  /** Rises with each thing done: rows move at once after one's own act. */
  acted: number;
}

type Take = (question: QuestionView) => void;

/** So many things can be taken back. */
const undoMax = 50;

/** Stands as long as the board, so that hundreds of cards can be handed the same one. */
export class Moderation {
  readonly state = createStore<ModerationState>({ busyId: null, trouble: null, done: [], acted: 0 });
  #all: readonly QuestionView[] = [];
  #take: Take = () => {};

  /** @param take receives each changed question, ahead of the push. */
  follow(all: readonly QuestionView[], take: Take): void {
    this.#all = all;
    this.#take = take;
  }

  act(question: QuestionView, act: Act): void {
    if (!actsOf[question.state].includes(act)) return;
    const aired = act === 'answerNow' ? (this.#all.find(({ state }) => state === 'answering') ?? null) : null;
    void this.run(question.id, async () => {
      await this.#move(question, leadsTo[act]);
      this.#remember({ kind: 'state', question, aired });
    });
  }

  merge(question: QuestionView, other: QuestionView): void {
    void this.run(question.id, async () => {
      this.#take(await call(questions.merge, { workshopId: question.workshopId, questionId: question.id, withId: other.id }));
      this.#remember({ kind: 'merge', question: laterOf(question, other) });
    });
  }

  unmerge(question: QuestionView): void {
    void this.run(question.id, () => this.#unmerge(question));
  }

  /** Takes back what was done last. */
  undo(): void {
    const { done, busyId } = this.state.get();
    const last = done.at(-1);
    if (!last || busyId !== null) return;
    this.#change({ done: done.slice(0, -1) });
    void this.run(last.question.id, async () => {
      if (last.kind === 'merge') return this.#unmerge(last.question);
      await this.#move(this.#newest(last.question), last.question.state);
      if (last.aired) await this.#move(this.#newest(last.aired), 'answering');
    });
  }

  /** Does one thing, unless another is being done; what goes wrong is told beside the question. Answers whether it went well. */
  async run(questionId: string, work: () => Promise<void>): Promise<boolean> {
    if (this.state.get().busyId !== null) return false;
    this.#change({ busyId: questionId, trouble: null });
    try {
      await work();
      return true;
    } catch (error) {
      this.#change({ trouble: { questionId, error } });
      return false;
    } finally {
      this.#change({ busyId: null, acted: this.state.get().acted + 1 });
    }
  }

  async #move({ workshopId, id, state }: QuestionView, to: QuestionView['state']): Promise<void> {
    for (const step of movesTo(state, to)) this.#take(await ask({ workshopId, questionId: id }, step));
  }

  async #unmerge({ workshopId, id }: QuestionView): Promise<void> {
    this.#take(await call(questions.unmerge, { workshopId, questionId: id }));
  }

  #newest(question: QuestionView): QuestionView {
    return this.#all.find(({ id }) => id === question.id) ?? question;
  }

  #remember(one: Done): void {
    this.#change({ done: [...this.state.get().done, one].slice(-undoMax) });
  }

  #change(part: Partial<ModerationState>): void {
    this.state.set({ ...this.state.get(), ...part });
  }
}

function ask(at: { workshopId: string; questionId: string }, step: Move): Promise<QuestionView> {
  return step.call === 'restore' ? call(questions.restore, { ...at, to: step.to }) : call(questions[step.call], at);
}

/** A board's moderation, and how it stands. */
export function useModeration(all: readonly QuestionView[], take: Take): { moderation: Moderation; state: ModerationState } {
  const [moderation] = useState(() => new Moderation());
  useEffect(() => moderation.follow(all, take), [moderation, all, take]);
  return { moderation, state: useSyncExternalStore(moderation.state.subscribe, moderation.state.get) };
}
