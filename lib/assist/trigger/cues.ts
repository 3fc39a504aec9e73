/** A cue found in a turn: what it shows and how much it weighs for (or against) showing a card. */
export type Cue = { reason: string; weight: number; pattern: RegExp };

/**
 * Cues are kinds of speech act, not words of a trade: what a person does with a sentence in English. Asking,
 * reporting a problem and asking how to get something done deserve a card. Ordering with particulars,
 * reading out a record, thanking and dictating do not: the agent acts on those, no article answers them.
 */
export const ASKING: readonly Cue[] = [
  {
    reason: "asks whether",
    weight: 2.6,
    pattern:
      /(?:^|\b(?:and|but|so|or|also|if|whether|then|now|well|ok|okay|just|wondering|know|sure|check|say|says|see|which|maybe) )(?:do|does|did|is|are|was|were|has|have|will|would|should|am) (?:not )?(?:it|its|they|there|theirs?|these|those|this|that|the|you|your|i|my|we|our|he|she|any|anyone|either|both|all|one|some)\b/,
  },
  {
    reason: "asks whether",
    weight: 2.2,
    // Subject and verb turned round, wherever it stands: recognized speech marks no start of a sentence.
    pattern:
      /\b(?:is there|are there|do they|does it|do you (?!know\b)|does (?:the|this|that|my|your|a|\w+) \w+|do (?:the|these|those|any|either|all|your) \w+|is (?:it|this|that|the) \w+|are (?:they|these|those|the|their|your) \w+|will (?:it|they|there|i|my|the)|would (?:it|they) (?:be|have|happen|offer|allow|take))\b/,
  },
  {
    reason: "asks a question",
    weight: 1.4,
    pattern:
      /^(?:do|does|did|is|are|was|were|has|have|will|would|can|could|may|should|am|isnt|arent|doesnt|dont|wont|cant) \w+/,
  },
  {
    reason: "asks what or how",
    weight: 2.2,
    pattern:
      /\b(?:how (?:do|does|did|is|are|can|could|come|would|should|will|about the|\w+ (?:is|are|do|does|did|will|can|would|should|it|until|before|after)|long|much|many|often|late|early|soon)|what (?:if|happens?|is|are|s|do|does|kinds?|sorts?|types?|should|would|can|about (?:the|their|its|my|a)|\w+ (?:is|are|do|does|can|should|will))|whats|hows|why|when (?:do|does|can|is|are|will|should|would)|where (?:do|does|can|is|are|should|would)|which (?:one|of|is|are|has|\w+ (?:is|are|has|have|does|do|offers?|would|will|can))|who (?:do|does|can|is|should|pays?))\b/,
  },
  {
    reason: "asks indirectly",
    weight: 2.6,
    pattern:
      /\b(?:do(?: you)? (?:know|happen to know|have any idea)|(?:can|could|would|will) you (?:\w+ ){0,2}(?:tell me|explain|confirm|check|clarify|find out|verify|let me know|know|make sure|see)|i (?:was |am )?wonder(?:ing)?|im wondering|(?:id|would) (?:\w+ )?(?:like|love) to know|(?:want|need|like|hoping) to (?:know|confirm|make sure|understand)|any idea|let me know (?:if|whether|how|what|when)|tell me (?:if|whether|how|what|why)|not sure (?:if|how|what|why|whether)|curious|check (?:if|whether|they)|(?:know|see) (?:if|whether|how|what|why|anything about))\b/,
  },
  {
    reason: "asks about permission",
    weight: 2,
    pattern:
      /\b(?:(?:can|could|may) (?:i|we|my|our|people|guests|customers|one) (?!(?:please )?(?:also )?(?:have|book|make|go ahead|reserve)\b)\w+|(?:am i|are we|is it|are they|is that) (?:allowed|able|possible|permitted|free|included|safe|ok|okay|available|required)|(?:do|would|will) (?:i|we) (?:need|have) to|(?:allowed|permitted|eligible) to)\b/,
  },
];

export const PROBLEMS: readonly Cue[] = [
  {
    reason: "reports a problem",
    weight: 3,
    pattern:
      /\b(?:(?:does|do|is|are|was|were|did|has|have|can|could|will|would) ?(?:not|n?t)|cannot|wont|never|not) (?:\w+ )?(?:work(?:s|ing|ed)?|arriv\w*|receiv\w*|recieved?|show(?:s|ing|n)?|load\w*|log(?:in|ged)?|connect\w*|charg\w*|com(?:e|ing)|deliver\w*|open\w*|start\w*|regist\w*|recogni\w*|turn\w*|respond\w*|ship\w*|be(?:en)? able|access|find my|get (?:my|any|it|the|in|into)|got (?:my|any|it|the)|verif\w+|updat\w+|refund\w*|credit\w*|process\w*|sign in|join|pay)\b/,
  },
  {
    reason: "reports a problem",
    weight: 2.8,
    pattern:
      /\b(?:unable to|fail(?:ed|s|ing)|broken?|stopped (?:work|charg|com)\w*|stuck|went wrong|something wrong|incorrect(?:ly)?|(?:is|are|was|were|s|been|went|goes|arrived|came|got|it) (?:\w+ )?(?:missing|lost|late|delayed|overdue|wrong|damaged|faulty|slow|down|empty|blocked|locked)|(?:have|ve|i) lost|stolen|damaged|defective|declined|rejected|locked (?:out|my)|hacked|error|(?:charged|billed|paid|debited|deducted) (?:\w+ ){0,4}(?:twice|double|again|wrong\w*|too much)|twice|overcharged|unauthori[sz]ed|still waiting|no longer (?:work|have|get)\w*|keeps? \w+ing|(?:a|the|have|having|this|some|an) (?:\w+ )?(?:problem|issue|trouble)s?|complain(?:t|ing)?|crash(?:es|ed|ing)?|outage|scam|fraud\w*|suspicious|forgot(?:ten)? (?:my|the)|missed (?:my|the|a)|wrong (?:item|one|product|thing|size|colou?r|amount|order|bill|price|address|name|charge))\b/,
  },
  {
    reason: "wants something changed",
    weight: 2.6,
    pattern:
      /\b(?:(?:want|wanted|need|like|trying|tried|have|wish|going|how|ready|decided|help me|way|can i|could i|can you|could you|please) (?:to )?(?:\w+ ){0,2}(?:return|refund|cancel|change|update|upgrade|downgrade|switch|replace|exchange|reset|unlock|activate|deactivate|close|delete|remove|transfer|dispute|renew|extend|claim|fix|recover|terminate|unsubscribe|redeem|withdraw|appeal|track|sign up|enroll)|(?:return|refund|cancel|dispute|reset|unlock|replace|exchange) (?:my|this|the|it|that|an)|my money back|a refund|refund me|a replacement|compensation)\b/,
  },
];

export const ORDERING: readonly Cue[] = [
  {
    reason: "orders or books",
    weight: -2.2,
    pattern:
      /\b(?:book|booking|reserve|order|schedule) (?:it|that|one|this|them|me|us|a|an|the|for|at|two|three|\d+|in|on|rooms?|tables?|tickets?)\b|\b(?:make|need|want|like|get|do) (?:me |us )?(?:a |an |the |that |my |some )?(?:\w+ )?(?:reservations?|bookings?|appointments?|tickets?)\b|\b(?:go ahead and|please book|book please)\b/,
  },
  {
    reason: "searches by wishes",
    weight: -2.2,
    pattern:
      /\b(?:looking|searching|look|search) (?:for|to|at|a)\b|\b(?:find|recommend|suggest|give) (?:me|us|for me|a|an|another|one|something|somewhere|some|any)\b|\b(?:i|we|ill|id) (?:\w+ )?(?:need|want|prefer|like|d like|would like|am planning|need to go) (?:(?:also|really|just) )?(?:a|an|one|some|something|somewhere|it to be|to (?:stay|eat|go|find|visit|be|leave|get|see|travel|try|arrive))\b|\b(?:anything|something|anywhere|somewhere|any \w+(?: \w+)?) (?:that|in the|with|near|else|cheap|cheaper)\b|\bplaces? to (?:stay|eat|go|dine|visit|see)\b|\b(?:in the|on the) (?:\w+ )?(?:price range|area|side|part|district|neighborhood)\b/,
  },
  {
    reason: "asks for a record's particulars",
    weight: -3.4,
    pattern:
      /\b(?:address|post ?code|postal code|zip ?code|zip|(?:phone|telephone|reference|confirmation|booking) (?:numbers?|no|code|numb|#|and|info)|(?:phone|telephone|reference)$)\b(?! (?:change|changed|update|wrong))|\b(?:email|contact|tracking|order|account) (?:number|address|info(?:rmation)?|details)\b|\bentr(?:y|ance) fees?\b|\bstar rating\b/,
  },
  {
    reason: "asks for a hand",
    weight: -1.2,
    pattern: /^(?:can|could|would|will) you (?:please )?(?:help|assist|try|do|make a|send|look)\b/,
  },
  {
    reason: "asks for general information",
    weight: -1.2,
    pattern:
      /\b(?:i )?(?:need|want|like|get|have|find) (?:some |any |more )?(?:info|information|details)\b|\b(?:help|assist) (?:me )?(?:find|with finding|book|plan)\b/,
  },
  {
    reason: "dictates particulars",
    weight: -1.6,
    pattern:
      /\b(?:\d{5,}|(?:zero|one|two|three|four|five|six|seven|eight|nine|oh|double)(?: (?:zero|one|two|three|four|five|six|seven|eight|nine|oh|double)){3,}|(?:[a-z] ){4,}|as in|at gmail|dot com)\b|\b(?:for )?(?:\d+|one|two|three|four|five|six|seven|eight) (?:people|persons?|guests?|nights?|adults?|children|of us)\b|\b(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b|\bat \d{1,2}(?: \d\d)?\b/,
  },
];

export const CLOSING: readonly Cue[] = [
  {
    reason: "closes or thanks",
    weight: -3.2,
    pattern:
      /\b(?:thats? (?:is )?(?:all|it|everything|about it)|nothing else|no thank|no thanks|bye|goodbye|have a (?:good|great|nice|lovely|wonderful) (?:day|one|evening|weekend|night|afternoon|time)|all (?:i|we) need|thank you so much for|thanks for|appreciate (?:it|your))\b/,
  },
];
