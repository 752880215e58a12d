import { inject } from 'vitest';
import { freshDatabase } from '../support/database.ts';
import { storeContract } from './contract.ts';

storeContract(inject('engine'), freshDatabase);
