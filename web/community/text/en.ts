import type { Words } from './zh.ts';
import { zh } from './zh.ts';

export const en: Words = zh;
