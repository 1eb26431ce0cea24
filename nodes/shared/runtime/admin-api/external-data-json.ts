import type { ExternalDataRow } from '../../../../src/external-data/external-data-store.ts';
import type { Captured, ExternalDataGroup } from '../../../../src/external-data/external-data.ts';
import { findField } from '../../../../src/external-data/external-message.ts';

const iso = (at: number): string => new Date(at).toISOString();

/**
 * What a group has of a subject, as the admin API gives it: times ISO 8601 UTC. A group that is not in the flows is called by its id, a
 * value that belongs to no field of it by its parameter.
 */
export const externalRowJson = (
  { groupId, subject, updatedAt, values }: ExternalDataRow,
  group: ExternalDataGroup | undefined,
) => ({
  group: groupId,
  groupName: group?.name ?? groupId,
  subject: { kind: subject.kind, id: subject.id },
  updatedAt: iso(updatedAt),
  fields: values.map((value) => {
    const field = findField(group?.fields ?? [], value.parameter);
    return {
      label: field?.label ?? value.parameter,
      parameter: value.parameter,
      type: value.type,
      favorite: field?.favorite ?? false,
      value: value.value,
      updatedAt: iso(value.updatedAt),
    };
  }),
});

/** What was captured from the response of an attempt; null where nothing was to be. */
export const capturedJson = (captured: Captured | undefined) =>
  captured
    ? {
        group: captured.groupId,
        groupName: captured.groupName,
        subject: captured.subject ?? null,
        values: captured.values.map(({ label, parameter, type, favorite, value }) => ({
          label,
          parameter,
          type,
          favorite,
          value,
        })),
        problems: captured.problems,
      }
    : null;
