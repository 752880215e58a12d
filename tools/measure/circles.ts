/** Imports that go in a circle, those of types included. */
import { type Imports, importsAmong, reachedFrom } from '../imports.ts';

/** Where imports are looked at. */
const rooms = new Set(['src', 'seeds', 'bench', 'web']);

/** Each circle as the files that reach one another, sorted. */
export function circlesIn(folder: string, files: readonly string[]): string[][] {
  const code = files.filter((file) => /\.tsx?$/.test(file) && rooms.has(file.split('/')[0]!));
  return circlesOf(importsAmong(folder, code));
}

/** The groups of more than one file in which each reaches every other. */
export function circlesOf(imports: Imports): string[][] {
  const reach = new Map([...imports.keys()].map((file) => [file, reachedFrom(file, imports)]));
  const circleOf = (file: string) => [...reach.get(file)!].filter((other) => reach.get(other)?.has(file)).toSorted();
  const circles = [...imports.keys()].map(circleOf).filter((circle) => circle.length > 1);
  return [...new Map(circles.map((circle) => [circle.join(' '), circle])).values()];
}
