/**
 * A map that forgets what was not used for long: it holds at most `max` entries, and always the half of them that were used last. It keeps two
 * generations, so that a look-up of what is in use changes nothing.
 */
export class Lru<V> {
  #recent = new Map<string, V>();
  #older = new Map<string, V>();
  readonly #half: number;

  constructor(max: number) {
    this.#half = Math.ceil(max / 2);
  }

  get(key: string): V | undefined {
    const recent = this.#recent.get(key);
    if (recent !== undefined) return recent;
    const older = this.#older.get(key);
    if (older !== undefined) this.set(key, older);
    return older;
  }

  set(key: string, value: V): void {
    if (this.#recent.size >= this.#half && !this.#recent.has(key)) {
      this.#older = this.#recent;
      this.#recent = new Map();
    }
    this.#recent.set(key, value);
  }

  delete(key: string): void {
    this.#recent.delete(key);
    this.#older.delete(key);
  }
}
