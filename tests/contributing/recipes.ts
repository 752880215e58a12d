/** The lists of CONTRIBUTING.md, each with a throw-away example: what it puts where. */
import { command } from './command.ts';
import { field } from './field.ts';
import { matter } from './matter.ts';
import { policy } from './policy.ts';
import { refusal } from './refusal.ts';
import type { Recipe } from './tree.ts';

export const recipes: readonly Recipe[] = [command, field, refusal, matter, policy];
