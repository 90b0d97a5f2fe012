/**
 * The dialog in which the user answers what a build asks.
 */
import type { UserDecisionRequiredPayload, UserDecisionResponse } from "../../../bindings/typescript/builder.js";
import { byId, element, setText } from "./elements.js";

type Decision = UserDecisionRequiredPayload;

/** The dialog; it stands open while there is a decision, unless the user has put it off. */
export class DecisionDialog {
  readonly #dialog = byId("decision", HTMLDialogElement);
  readonly #reopen = byId("reopen", HTMLButtonElement);
  readonly #feedback = byId("feedback", HTMLTextAreaElement);
  #decision: Decision | undefined;

  /** @param answer takes what the user has chosen */
  constructor(answer: (response: UserDecisionResponse) => void) {
    byId("answer", HTMLFormElement).addEventListener("submit", (event) => {
      event.preventDefault();
      const response = this.#response();
      if (response) answer(response);
    });
    byId("later", HTMLButtonElement).addEventListener("click", () => this.#dialog.close());
    this.#dialog.addEventListener("close", () => {
      this.#reopen.hidden = this.#decision === undefined;
    });
    this.#reopen.addEventListener("click", () => this.#open());
  }

  /** Shows a decision, or none. */
  show(decision: Decision | undefined): void {
    if (decision?.decisionId === this.#decision?.decisionId) return;
    this.#decision = decision;
    if (decision) {
      this.#fill(decision);
      this.#open();
    } else {
      this.#dialog.close();
      this.#reopen.hidden = true;
    }
  }

  #open(): void {
    this.#reopen.hidden = true;
    if (!this.#dialog.open) this.#dialog.showModal();
  }

  #fill({ question, options, timeout }: Decision): void {
    setText(byId("question", HTMLLegendElement), question);
    byId("options", HTMLDivElement).replaceChildren(...options.map(createOption));
    this.#feedback.value = "";
    const time = new Date(Date.now() + timeout * 1000).toLocaleTimeString(undefined, { hour12: false });
    setText(byId("deadline", HTMLParagraphElement), `Without an answer, the first is taken at ${time}.`);
  }

  #response(): UserDecisionResponse | undefined {
    const chosen = this.#dialog.querySelector<HTMLInputElement>("input:checked");
    if (!this.#decision || !chosen) return undefined;
    const response = { decisionId: this.#decision.decisionId, selectedOptionId: chosen.value };
    const feedback = this.#feedback.value.trim();
    return feedback === "" ? response : { ...response, feedback };
  }
}

function createOption({ id, label, description }: Decision["options"][number], index: number): HTMLElement {
  const radio = element("input", { type: "radio", name: "option", value: id, id: `option-${index}` });
  // The first is what is taken without an answer.
  radio.checked = index === 0;
  radio.setAttribute("aria-describedby", `description-${index}`);
  return element(
    "div",
    { class: "option" },
    radio,
    element("label", { for: radio.id }, label),
    element("p", { class: "hint", id: `description-${index}` }, description),
  );
}
