import type { DataType } from './data-type.ts';
import { surveys } from './surveys.ts';

/** Account, contact and survey invitation in one. Its fields are those of surveys, which hold all of contacts and accounts. */
export const multiObject: DataType = { ...surveys };
