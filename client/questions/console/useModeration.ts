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
  #tell: Take = () => {};
  /** What calls answered, which may be newer than what the board shows yet. */
  readonly #answered = new Map<string, QuestionView>();
  /** What is being done, and what was pressed meanwhile: no key is lost, and none acts on what it was not meant for. */
  #line: Promise<unknown> = Promise.resolve();

  /** @param take receives each changed question, ahead of the push. */
  follow(all: readonly QuestionView[], take: Take): void {
    this.#all = all;
    this.#tell = take;
  }

  act(meant: QuestionView, act: Act): void {
    void this.run(meant.id, async () => {
      const question = this.#newest(meant);
      if (!actsOf[question.state].includes(act)) return;
      const aired = act === 'answerNow' ? (this.#all.map((one) => this.#newest(one)).find(({ state }) => state === 'answering') ?? null) : null;
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
    void this.#inLine(async () => {
      const { done } = this.state.get();
      const last = done.at(-1);
      if (!last) return;
      this.#change({ done: done.slice(0, -1) });
      await this.#doOne(last.question.id, async () => {
        if (last.kind === 'merge') return this.#unmerge(last.question);
        await this.#move(this.#newest(last.question), last.question.state);
        if (last.aired) await this.#move(this.#newest(last.aired), 'answering');
      });
    });
  }

  /** Does one thing when all before it are done; what goes wrong is told beside the question. */
  run(questionId: string, work: () => Promise<void>): Promise<void> {
    return this.#inLine(() => this.#doOne(questionId, work));
  }

  #inLine(work: () => Promise<void>): Promise<void> {
    const next = this.#line.then(work);
    this.#line = next;
    return next;
  }

  async #doOne(questionId: string, work: () => Promise<void>): Promise<void> {
    this.#change({ busyId: questionId, trouble: null });
    try {
      await work();
    } catch (error) {
      this.#change({ trouble: { questionId, error } });
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
    const [shown, answered] = [this.#all.find(({ id }) => id === question.id) ?? question, this.#answered.get(question.id)];
    return answered && answered.rev > shown.rev ? answered : shown;
  }

  #take(question: QuestionView): void {
    this.#answered.set(question.id, question);
    this.#tell(question);
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
