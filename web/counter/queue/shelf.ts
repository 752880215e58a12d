/** Where entries lie until they are settled: on this device, through reloads, crashes and a loss of power. */
import type { Entry } from './entry.ts';

export type Shelf = {
  all(): Promise<readonly Entry[]>;
  /** Comes back when it is on the disk. */
  put(entry: Entry): Promise<void>;
  /** Replaces an entry by what `change` makes of it as it is now; undefined: takes it away. One that is not there is left so. */
  update(requestNo: string, change: (entry: Entry) => Entry | undefined): Promise<void>;
  /** Hears that another tab has changed something. Gives the function that stops listening. */
  heard(listener: () => void): () => void;
  /** Does `work` while no other tab does any on this shelf. */
  alone(work: () => Promise<void>): Promise<void>;
};

const DATABASE = 'callmi-counter';
const STORE = 'entries';
const CHANGED = 'counter-changed';
const LOCK = 'callmi-counter';

/** The browser's database, flushed to the disk with every write. */
export function deviceShelf(): Shelf {
  let opened: Promise<IDBDatabase> | undefined;

  async function write(work: (store: IDBObjectStore) => void): Promise<void> {
    const database = await (opened ??= open());
    const going = database.transaction(STORE, 'readwrite', { durability: 'strict' });
    work(going.objectStore(STORE));
    await new Promise<void>((resolve, reject) => {
      going.addEventListener('complete', () => resolve());
      going.addEventListener('abort', () => reject(going.error ?? new Error('nothing was kept')));
    });
    // The other tabs hear of it.
    localStorage.setItem(CHANGED, crypto.randomUUID());
  }

  return {
    async all() {
      const database = await (opened ??= open());
      const found = await done<Entry[]>(database.transaction(STORE).objectStore(STORE).getAll());
      return found.toSorted((a, b) => a.startedAt - b.startedAt);
    },
    put: (entry) => write((store) => store.put(entry)),
    update: (requestNo, change) =>
      write((store) => {
        const read = store.get(requestNo) as IDBRequest<Entry | undefined>;
        read.addEventListener('success', () => {
          if (!read.result) return;
          const next = change(read.result);
          if (next?.requestNo !== requestNo) store.delete(requestNo);
          if (next) store.put(next);
        });
      }),
    heard(listener) {
      const hear = ({ key }: StorageEvent) => key === CHANGED && listener();
      addEventListener('storage', hear);
      return () => removeEventListener('storage', hear);
    },
    alone: async (work) => navigator.locks.request(LOCK, work),
  };
}

async function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1);
  request.addEventListener('upgradeneeded', () => request.result.createObjectStore(STORE, { keyPath: 'requestNo' }));
  return done(request);
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('the database of this browser failed')));
  });
}

/** Keeps entries for as long as the page is open: for practice. */
export function pageShelf(): Shelf {
  const entries = new Map<string, Entry>();
  return {
    all: async () => [...entries.values()],
    async put(entry) {
      entries.set(entry.requestNo, entry);
    },
    async update(requestNo, change) {
      const entry = entries.get(requestNo);
      if (!entry) return;
      const next = change(entry);
      if (next?.requestNo !== requestNo) entries.delete(requestNo);
      if (next) entries.set(next.requestNo, next);
    },
    heard: () => () => undefined,
    alone: (work) => work(),
  };
}
