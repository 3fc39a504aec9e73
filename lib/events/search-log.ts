/** What one search of a knowledge base found, without a word of the customer: kept in the event's trail. */
export type SearchLog = {
  knowledgeBaseId: string;
  knowledgeVersion: number;
  /** The confidence that a passage had to have, and what the best one had. */
  threshold: number;
  best: number;
  /** The best passages, those below the threshold among them. */
  hits: SearchHit[];
};

export type SearchHit = {
  chunkId: string;
  documentId: string;
  title: string;
  headingPath: string[];
  score: number;
  lexical: number;
  dense: number;
};
