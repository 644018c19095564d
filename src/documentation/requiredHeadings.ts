/**
 * What a datasheet must answer: the topics of Gebru et al. 2021, doi:10.1145/3458723, in our words, without its
 * questions about people, as no row here is about a person (the one under "Composition" says so).
 */
export const datasheetQuestions: readonly string[] = [
  // Motivation
  "Why was it made?",
  "Who made it, and who paid?",
  // Composition
  "What is a row?",
  "How many rows are there, of each kind?",
  "Is it a sample of something larger?",
  "What does a row hold?",
  "Is there a label or target?",
  "What is missing?",
  "How are rows related to each other?",
  "Which splits are recommended?",
  "Which errors, noise and redundancy are known?",
  "Does it depend on other sources?",
  "Is anything confidential, offensive or about people?",
  // Collection
  "How was each row acquired?",
  "With which instruments or programs, and how were they checked?",
  "How were rows chosen?",
  "Who collected them, and how were they paid?",
  "Over what time?",
  "Was there an ethical review?",
  // Preprocessing
  "What was cleaned or changed?",
  "Is the raw form kept?",
  "Is the program that did it available?",
  // Uses
  "What has it been used for?",
  "What else could it be used for?",
  "What about it may mislead later uses?",
  "What must it not be used for?",
  // Distribution
  "Who may have it, and how?",
  "Under which licence?",
  "Do others restrict it?",
  // Maintenance
  "Who maintains it, and how can they be reached?",
  "How are errors reported and corrected?",
  "Will it be updated?",
  "What becomes of older versions?",
  "How can others contribute?",
];

/** What a context of use must state, after ASME V&V 40-2018 (risk-informed credibility), in our words. */
export const contextSections: readonly string[] = [
  "Question of interest",
  "Context of use",
  "Model influence",
  "Decision consequence",
  "Model risk",
  "Credibility goals and what is shown",
  "Limits",
];
