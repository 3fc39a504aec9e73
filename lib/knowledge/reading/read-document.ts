export type Section = { headingPath: string[]; text: string };
export type ReadDocument = { title: string; sections: Section[] };
