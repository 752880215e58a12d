import { zh, type Words } from './zh.ts';
export const en: Words = zh;
