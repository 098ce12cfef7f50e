// What can happen -> the use case that deals with it, and what went wrong -> a reply. Nothing that a person does goes unanswered.

import type { Query } from './ask/query.ts';
import type { ActionPressed, ChatEvent, ConversationId, FileShared, MessageReceived } from './chat/event.ts';
import { cleanFileName } from './chat/file-name.ts';
import { intentOf } from './chat/intent.ts';
import { failure, help, received } from './chat/replies.ts';
import type { GivenReading } from './clean/types.ts';
import { AppError } from './errors.ts';
import type { Message } from './message/message.ts';
import type { Job, Ports, Principal, Receipt, UploadRecord } from './ports.ts';
import { answerAction, answerActions } from './usecases/ask/answer-actions.ts';
import { type Answer, answerQuestion, suggestionsFor } from './usecases/ask/answer-question.ts';
import { makeAskMemory } from './usecases/ask/ask-memory.ts';
import type { ModelSettings } from './usecases/ask/ask-model.ts';
import { giveUp, ingestFile } from './usecases/ingest-file.ts';
import { receiptMessage } from './usecases/receipt-message.ts';
import { type IncomingFile, queue, receiveFile, type UploadLimits } from './usecases/receive-file.ts';
import { findOwn, undoUpload } from './usecases/undo-upload.ts';
import type { VendorDefinition } from './vendors/vendor.ts';

export interface Settings {
  vendors: VendorDefinition[];
  baseCurrency: string;
  /** IANA name. */
  timeZone: string;
  limits: UploadLimits;
  /** How many files are worked on at the same time. */
  workers: number;
  model: ModelSettings;
}

export interface App {
  /** Deals with what happened in a conversation; replies there, also when it fails. */
  handle(event: ChatEvent): Promise<void>;
  /** Starts taking jobs from the queue. */
  work(): Promise<void>;
  /** Opens an upload and queues it. `settled` when there is nothing left to wait for. */
  receive(file: IncomingFile): Promise<{ upload: UploadRecord; settled: Receipt | null }>;
  /** Answers in a thread, which remembers what was asked before. `byModel`: also where no model is needed, to see what it is worth. `today` is `YYYY-MM-DD`; null takes the clock's. */
  ask(
    question: string,
    principal: Principal,
    thread: string,
    today: string | null,
    options?: { byModel: boolean },
  ): Promise<Answer>;
  /** Questions that the data at hand can answer. */
  suggest(principal: Principal): Promise<string[]>;
}

/** What a follow-up builds on: the last question that was answered. */
interface Thread {
  query: Query | null;
  question: string;
}

/** How many threads are remembered; the oldest is forgotten first. */
const rememberedThreads = 1000;

export function makeApp(ports: Ports, settings: Settings): App {
  const threads = new Map<string, Thread>();
  const memory = makeAskMemory();
  const today = () => dayIn(settings.timeZone, ports.clock.now());

  const app: App = {
    async handle(event) {
      const reply = (message: Message) => ports.chat.post(event.conversation, message);
      try {
        await route(event);
      } catch (error) {
        await reply(failure(asAppError(error)));
      }
    },
    work: () =>
      ports.jobs.work({
        concurrency: settings.workers,
        handle: async (job) => {
          const receipt = await ingestFile(ports, { ...settings, today }, job);
          if (receipt) await deliver(job, receiptMessage(receipt));
        },
        onDead: async (job, error) => {
          await giveUp(ports, job, error);
          const upload = await ports.uploads.find(job.uploadId);
          if (upload?.receipt) await deliver(job, receiptMessage(upload.receipt));
        },
      }),
    receive: (file) => receiveFile(ports, settings.limits, file),
    async ask(question, principal, thread, day, options) {
      const before = threads.get(thread);
      const answer = await answerQuestion(ports, settings.model, {
        question,
        principal,
        previous: before?.query ?? null,
        earlier: before?.question ?? null,
        today: day ?? today(),
        baseCurrency: settings.baseCurrency,
        memory,
        byModel: options?.byModel ?? false,
      });
      if (answer.kind === 'answer') remember(thread, { query: answer.query, question });
      return answer;
    },
    suggest: (principal) => suggestionsFor(ports, principal, today(), memory),
  };
  return app;

  async function route(event: ChatEvent): Promise<void> {
    if (event.kind === 'member-changed') return;
    const principal = await ports.directory.principal(event.sender, event.conversation);
    if (!principal) {
      await ports.audit.security({
        principal: null,
        kind: 'unknown-sender',
        details: { platform: event.sender.platform },
      });
      throw new AppError('ACCESS_UNKNOWN_USER');
    }
    if (event.kind === 'file-shared') return files(event, principal);
    if (event.kind === 'action-pressed') return action(event, principal);
    return message(event, principal);
  }

  async function files(event: FileShared, principal: Principal): Promise<void> {
    if (principal.role === 'viewer') throw new AppError('ACCESS_ROLE', { role: 'viewer', needed: 'contributor' });
    for (const file of event.files) {
      const name = cleanFileName(file.name);
      const { ref } = await ports.chat.post(event.conversation, received(name));
      try {
        const bytes = await ports.chat.download(file);
        const reply = { conversation: event.conversation, ref };
        const { settled } = await app.receive({ name, bytes, principal, reply });
        if (settled) await ports.chat.update(event.conversation, ref, receiptMessage(settled));
      } catch (error) {
        await ports.chat.update(event.conversation, ref, failure(asAppError(error, name)));
      }
    }
  }

  async function message(event: MessageReceived, principal: Principal): Promise<void> {
    const intent = intentOf(event.text);
    if (intent.kind === 'help') {
      await ports.chat.post(event.conversation, help(await app.suggest(principal)));
      return;
    }
    await answerIn(event.conversation, event.thread, intent.question, principal);
  }

  async function answerIn(conversation: ConversationId, thread: string | null, question: string, principal: Principal) {
    const answer = await app.ask(question, principal, `${conversation}\u0000${thread ?? ''}`, null);
    await ports.chat.post(conversation, answer.message);
  }

  async function action(event: ActionPressed, principal: Principal): Promise<void> {
    const kind = event.actionId.split('-')[0];
    if (kind === 'ask') return answerIn(event.conversation, event.thread, event.value, principal);
    if (kind === 'undo') {
      const { upload } = await undoUpload(ports, event.value, principal);
      await ports.chat.post(event.conversation, {
        blocks: [{ kind: 'text', text: `${upload.fileName} is undone: its figures no longer count.` }],
      });
      return;
    }
    const onAnswer = answerActions.find((each) => each === kind);
    if (onAnswer) {
      const message = await answerAction(ports, onAnswer, event.value, principal, settings.baseCurrency);
      await ports.chat.post(event.conversation, message);
      return;
    }
    if (kind === 'replace' || kind === 'vendor' || kind === 'reading') return again(event, principal, kind);
    throw new AppError('ASK_EMPTY');
  }

  /** Works an upload that waits for a decision once more, with the decision. */
  async function again(
    event: ActionPressed,
    principal: Principal,
    kind: 'replace' | 'vendor' | 'reading',
  ): Promise<void> {
    const [uploadId = '', answer = null] = event.value.split('|');
    const upload = await findOwn(ports, uploadId, principal);
    const { ref } = await ports.chat.post(event.conversation, received(upload.fileName));
    const reply = { conversation: event.conversation, ref };
    const vendor = kind === 'vendor' ? answer : upload.vendor;
    const reading = kind === 'reading' ? readingIn(answer ?? '') : null;
    await queue(ports, upload, { reply, replace: kind === 'replace', vendor, reading });
  }

  async function deliver(job: Job, message: Message): Promise<void> {
    if (job.reply) await ports.chat.update(job.reply.conversation, job.reply.ref, message);
  }

  function remember(thread: string, last: Thread): void {
    threads.delete(thread);
    threads.set(thread, last);
    const oldest = threads.keys().next().value;
    if (threads.size > rememberedThreads && oldest !== undefined) threads.delete(oldest);
  }

  function asAppError(error: unknown, file?: string): AppError {
    if (error instanceof AppError) return error;
    const reference = ports.observer.failure('handle', error);
    return file === undefined
      ? new AppError('ASK_FAILED', { reference })
      : new AppError('UPLOAD_FAILED', { file, reference });
  }
}

/** `decimal=comma` or `dates=dmy`, as a button carries it. */
function readingIn(answer: string): GivenReading {
  const [of, value] = answer.split('=');
  return {
    decimal: of === 'decimal' && (value === 'comma' || value === 'point') ? value : null,
    dates: of === 'dates' && (value === 'dmy' || value === 'mdy') ? value : null,
  };
}

/** The calendar day of an instant in a time zone, `YYYY-MM-DD`. */
export function dayIn(timeZone: string, instant: Date): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    instant,
  );
}
