// What validators tell the compiler.
import { isTaskCreated, validateTaskCreated, type TaskCreated, type Violation } from "../orbit.js";
import { isBuildProgress, validateBuildProgress } from "../builder.js";

export function read(value: unknown): TaskCreated | readonly Violation[] {
  // @ts-expect-error: nothing is known of what was not tested.
  value.payload;
  if (isTaskCreated(value)) {
    const id: string = value.payload.task.id;
    // @ts-expect-error: a known type has known members only.
    value.payload.task.identifier;
    return { ...value, id };
  }
  return validateTaskCreated(value);
}

export function places(value: unknown): string[] {
  // One form of violations, whatever the contract.
  const found: Violation[] = isBuildProgress(value) ? [] : validateBuildProgress(value);
  return found.map(({ code, at, schema, params }) => `${at} breaks ${code} of ${schema}: ${JSON.stringify(params)}`);
}
