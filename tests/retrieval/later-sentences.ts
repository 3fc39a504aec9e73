import type { AskedSentence } from "./asked-sentences.ts";

/**
 * Written when the first weights stood: 19 of the 27 then held (15 before there were any). The last rules, that a
 * count needs its noun and the first question word decides, came from these misses; the lines were not changed.
 */
export const LATER_SENTENCES: readonly AskedSentence[] = [
  { question: "How long are bills kept in My Larkfield?", article: "billing-paper-bills", holds: "7 years" },
  { question: "What is the fee when an autopay debit fails?", article: "billing-autopay", holds: "$8" },
  {
    question: "How do I change the card for autopay?",
    article: "billing-autopay",
    holds: "Add the new card first",
  },
  {
    question: "How many installments does a payment plan have?",
    article: "billing-payment-plan",
    holds: "3 to 6",
  },
  {
    question: "How much roaming data can I use before it stops?",
    article: "billing-roaming-charges",
    holds: "$60",
  },
  {
    question: "How early do you announce a price change?",
    article: "billing-price-changes",
    holds: "30 days",
  },
  {
    question: "When does the final bill come after I cancel?",
    article: "accounts-cancel-service",
    holds: "up to 30 days",
  },
  {
    question: "How long is the password reset link valid?",
    article: "accounts-reset-password",
    holds: "30 minutes",
  },
  {
    question: "How do I add a line to the family plan?",
    article: "accounts-family-plan",
    holds: "Family > Add line",
  },
  { question: "When do I see points after a payment?", article: "accounts-loyalty-points", holds: "3 days" },
  { question: "How do I pause my broadband line?", article: "accounts-pause-service", holds: "Plan > Pause" },
  {
    question: "How long does a store hold my click and collect order?",
    article: "delivery-store-pickup",
    holds: "5 days",
  },
  {
    question: "How long does the investigation of a lost parcel take?",
    article: "delivery-lost-parcel",
    holds: "up to 3 business days",
  },
  { question: "How much is a mobile signal box?", article: "outages-mobile-signal", holds: "$49" },
  {
    question: "Where can I check for outages?",
    article: "outages-check-status",
    holds: "status.larkfield.example",
  },
  { question: "When is planned maintenance done?", article: "outages-planned-maintenance", holds: "Tuesday" },
  { question: "How long does the backup battery last?", article: "outages-power-cut", holds: "3 hours" },
  {
    question: "How do I measure my internet speed?",
    article: "outages-slow-internet",
    holds: "speed.larkfield.example",
  },
  { question: "Why is my internet slow?", article: "outages-slow-internet", holds: "in a cabinet" },
  {
    question: "How do I get a copy of my data?",
    article: "privacy-copy-of-my-data",
    holds: "Download my data",
  },
  {
    question: "Where do I forward a phishing email?",
    article: "privacy-phishing-and-scam-calls",
    holds: "phishing@",
  },
  {
    question: "How do I block the SIM of my stolen phone?",
    article: "privacy-lost-or-stolen-phone",
    holds: "Block the SIM",
  },
  {
    question: "Can I exchange a gift without a receipt?",
    article: "returns-gift-and-no-receipt",
    holds: "gift card",
  },
  {
    question: "How long does a repair take?",
    article: "returns-warranty-repair",
    holds: "7 to 10 business days",
  },
  {
    question: "How long do I have to send in my old phone for trade-in?",
    article: "returns-trade-in",
    holds: "21 days",
  },
  {
    question: "How do I start a return?",
    article: "returns-30-day-policy",
    holds: "Orders > Return an item",
  },
  {
    question: "When do I get the money back for my return?",
    article: "returns-refund-after-return",
    holds: "5 to 7 business days",
  },
];
