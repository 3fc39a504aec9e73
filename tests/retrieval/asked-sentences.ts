/** A question, what was said before it, and what the answer on the card must hold. */
export type AskedSentence = { before?: string; question: string; article: string; holds: string };

/** Written beside the articles; the weights were chosen while looking at these. */
export const SEEN_SENTENCES: readonly AskedSentence[] = [
  { question: "How much is the late payment fee?", article: "billing-late-payment-fee", holds: "$6" },
  {
    question: "When is the service suspended if I do not pay?",
    article: "billing-late-payment-fee",
    holds: "Day 45",
  },
  {
    before: "My new SIM card came in the mail today.",
    question: "How do I activate it?",
    article: "delivery-sim-activation",
    holds: "start.larkfield.example",
  },
  { question: "How long does SIM activation take?", article: "delivery-sim-activation", holds: "30 minutes" },
  {
    before: "I just upgraded to Home 300.",
    question: "When does the new speed start?",
    article: "accounts-change-plan-speed",
    holds: "within 24 hours",
  },
  {
    question: "How much does a static address cost?",
    article: "accounts-change-plan-speed",
    holds: "static address $6",
  },
  { question: "Why was I charged twice?", article: "billing-charged-twice", holds: "pending authorization" },
  { question: "How much do I save with autopay?", article: "billing-autopay", holds: "$5 off" },
  { question: "Where do I set up autopay?", article: "billing-autopay", holds: "Billing > Autopay" },
  { question: "How much does a paper bill cost?", article: "billing-paper-bills", holds: "$2.50" },
  {
    question: "How high is the early exit fee?",
    article: "billing-early-exit-fee",
    holds: "$15 for each month",
  },
  {
    question: "When is the early exit fee waived?",
    article: "billing-early-exit-fee",
    holds: "cannot serve",
  },
  {
    question: "How long does a refund to a bank account take?",
    article: "billing-refund-times",
    holds: "3 to 5 business days",
  },
  { question: "Can I get a payment plan?", article: "billing-payment-plan", holds: "$75 or more" },
  { question: "How do I turn roaming off?", article: "billing-roaming-charges", holds: "ROAM OFF" },
  { question: "How much is a day pass for Europe?", article: "billing-roaming-charges", holds: "$6" },
  { question: "When is my bill due?", article: "billing-due-dates", holds: "17th" },
  {
    question: "How often can I move the due date?",
    article: "billing-due-dates",
    holds: "once every 12 months",
  },
  {
    question: "Why is my first bill so high?",
    article: "billing-first-bill-higher",
    holds: "more than a month",
  },
  {
    question: "How much can the price go up per year?",
    article: "billing-price-changes",
    holds: "4 percent",
  },
  {
    question: "How much does it cost to pause my line?",
    article: "accounts-pause-service",
    holds: "$3 a month",
  },
  {
    question: "How long can I pause the service?",
    article: "accounts-pause-service",
    holds: "30 to 90 days",
  },
  { question: "When do my reward points expire?", article: "accounts-loyalty-points", holds: "18 months" },
  { question: "How much are 500 points worth?", article: "accounts-loyalty-points", holds: "$5" },
  {
    question: "Where do I get the transfer PIN?",
    article: "accounts-transfer-number",
    holds: "text PIN to 4020",
  },
  {
    question: "How long does it take to move my mobile number to you?",
    article: "accounts-transfer-number",
    holds: "one business day",
  },
  {
    question: "Where do I turn on two-step sign-in?",
    article: "accounts-two-step-sign-in",
    holds: "Security > Two-step",
  },
  {
    question: "How early do I have to tell you that I am moving?",
    article: "accounts-moving-home",
    holds: "14 days before",
  },
  {
    question: "What does it cost to move my broadband to a new home?",
    article: "accounts-moving-home",
    holds: "free once",
  },
  { question: "How do I cancel my broadband?", article: "accounts-cancel-service", holds: "Plan > Cancel" },
  {
    question: "How long is the notice period for cancelling?",
    article: "accounts-cancel-service",
    holds: "30 days",
  },
  { question: "How do I reset my password?", article: "accounts-reset-password", holds: "Forgot password" },
  {
    question: "How many lines can be on a family plan?",
    article: "accounts-family-plan",
    holds: "six mobile lines",
  },
  { question: "How long does the depot keep my parcel?", article: "delivery-missed", holds: "7 days" },
  { question: "How much is express delivery?", article: "delivery-times-and-costs", holds: "$9.95" },
  {
    question: "How long does standard delivery take?",
    article: "delivery-times-and-costs",
    holds: "3 to 5 business days",
  },
  {
    question: "What do I need to bring to pick up my order in the store?",
    article: "delivery-store-pickup",
    holds: "pickup code",
  },
  { question: "When do the stores open on Sunday?", article: "delivery-store-pickup", holds: "noon to 5 pm" },
  {
    question: "Do I have to sign for the parcel?",
    article: "delivery-signature-and-id",
    holds: "above $250 must be signed",
  },
  {
    question: "By when can I change the delivery address?",
    article: "delivery-change-address",
    holds: "6 pm",
  },
  {
    question: "How much compensation do I get for an outage?",
    article: "outages-compensation",
    holds: "$5 for each full day",
  },
  { question: "What does the engineer visit cost?", article: "outages-engineer-visit", holds: "$60" },
  {
    question: "How do I do a factory reset of the router?",
    article: "outages-restart-and-factory-reset",
    holds: "Press a pin",
  },
  {
    question: "What does a red light on the router mean?",
    article: "outages-router-lights",
    holds: "no signal on the line",
  },
  { question: "How much is the Wi-Fi booster?", article: "outages-wifi-dead-spots", holds: "$4" },
  {
    question: "How long do you keep recordings of orders?",
    article: "privacy-call-recording",
    holds: "24 months",
  },
  {
    question: "How do I stop advertising text messages?",
    article: "privacy-marketing-opt-out",
    holds: "STOP",
  },
  {
    question: "How do I delete my account?",
    article: "privacy-delete-my-data",
    holds: "Privacy > Delete account",
  },
  {
    question: "What does a replacement SIM cost after a theft?",
    article: "privacy-lost-or-stolen-phone",
    holds: "$5",
  },
  {
    question: "How do I turn on the number lock?",
    article: "privacy-sim-swap-protection",
    holds: "Security > Number lock",
  },
  {
    question: "How long do I have to return an opened phone?",
    article: "returns-opened-phone",
    holds: "14 days",
  },
  { question: "How much is the restocking fee?", article: "returns-opened-phone", holds: "$35" },
  {
    question: "When do I have to send the router back?",
    article: "returns-router-after-cancelling",
    holds: "21 days",
  },
  {
    question: "What happens if I do not send back the router?",
    article: "returns-router-after-cancelling",
    holds: "$90",
  },
  { question: "How long is the warranty?", article: "returns-warranty-repair", holds: "24 months" },
  {
    question: "How much does home collection of a return cost?",
    article: "returns-label-and-dropoff",
    holds: "$7",
  },
  { question: "Can I return in-ear headphones?", article: "returns-non-returnable", holds: "hygiene seal" },
  {
    question: "Where do I report a wrong item?",
    article: "returns-wrong-item",
    holds: "Orders > Report a problem",
  },
];
