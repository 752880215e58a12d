/**
 * A pure function of a text that caches its results, because commands ask for the same ones again and again. Beyond `max` results it
 * forgets everything: those still in use are soon made again.
 */
export function remembering<V extends object | string | number | boolean>(max: number, make: (text: string) => V): (text: string) => V {
  const made = new Map<string, V>();
  return (text) => {
    const known = made.get(text);
    if (known !== undefined) return known;
    if (made.size >= max) made.clear();
    const value = make(text);
    made.set(text, value);
    return value;
  };
}
