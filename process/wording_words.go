package process

// The words of the rules. A rule is a row of terms, each one word of a name:
// alternatives stand apart by "|", "_" is a space within a term, "@name" is a
// class of words from below, "?" makes a term optional and "*" lets it come
// any number of times.

// wordClasses are rows of terms that rules share.
var wordClasses = map[string][]string{
	// who acts, where it is said: it is the seller
	"we": {
		"we|we'll|we've|we're|i|i'll|i've will|have|can|are|going_to?",
		"the|our? rep|seller|salesperson|ae|sdr|bdr|sales_rep|account_executive|sales_representative will|has?",
	},
	// the buyer, as only the seller speaks of them
	"client": {"the? client|customer|prospect|buyer|lead", "the? clients|prospects|leads"},
	"whom":   {"them", "@client"},
	"towhom": {"to|with|for @whom"},
	"their":  {"their", "the? client's|customer's|prospect's|buyer's"},
	"the":    {"the|a|an|our|some|my|its"},

	// things that only the seller has to give
	"paper": {"@paperkind* proposal|proposals|quote|quotes|quotation|quotations|pricing|price_list|price_quote|price_sheet"},
	"leaflet": {
		"@paperkind* brochure|brochures|deck|pitch_deck|sales_deck|slide_deck|slides|catalogue|catalog|case_study|case_studies",
		"newsletter|sales_material|sales_materials|sales_literature",
		"follow_up|thank_you email|e_mail|mail|message|note",
	},
	"contract":  {"contract|contracts|invoice|invoices|offer|offers"},
	"paperkind": {"first|final|revised|updated|new|formal|written|full|detailed|commercial|initial|price|budgetary|customized|customised|custom|tailored|personalized|personalised|sales|technical|binding|product|second|standard|our"},
	"show":      {"@showkind* demo|demos|demonstration|demonstrations|presentation|pitch|product_tour"},
	"showkind":  {"first|final|product|live|short|quick|great|good|second|standard|free|online|remote|sales|technical|tailored|personalized|personalised|customized|customised|custom|company|software|solution|elevator|our|full|initial"},
	"training":  {"training|trainings|training_session|training_sessions|product_training|user_training|onboarding_session"},
	"product":   {"our? product|products|platform|solution|solutions|software|features|benefits|capabilities|value_proposition|offering", "our tool|app|service|services|company|team|portfolio|value|approach"},
	"ofproduct": {"of|for the|our? @product"},

	// verbs, in the forms that names have
	"send":    {"send|sends|sent|sending|email|emails|emailed|emailing|e_mail|e_mails|e_mailed|mail|mailed|submit|submits|submitted|submitting|issue|issued|issuing|provide|provides|provided|providing|deliver|delivers|delivered|delivering"},
	"prepare": {"prepare|prepares|prepared|preparing|write|wrote|writing|draft|drafted|drafting|create|created|creating|present|presents|presented|presenting|put_together|make|made|making|work_on|working_on"},
	"give":    {"give|gives|gave|giving|do|did|doing|run|ran|running|conduct|conducted|conducting|perform|performed|performing|deliver|delivers|delivered|delivering|provide|provides|provided|providing|make|made|making|present|presents|presented|presenting|show|shows|showed|showing"},
	"demo":    {"demo|demos|demoed|demoing|demonstrate|demonstrates|demonstrated|demonstrating|pitch|pitches|pitched|pitching|present|presents|presented|presenting|show|shows|showed|showing|showcase|showcased|explain|explains|explained|explaining|sell|selling"},
	"call":    {"call|calls|called|calling|phone|phoned|phoning|ring|email|emails|emailed|emailing|e_mail|mail|visit|visits|visited|visiting|contact|contacts|contacted|contacting|chase|chased|chasing|text|ping|nudge|remind|reminds|reminded|reminding|recontact|cold_call|qualify|qualifies|qualified|qualifying"},
	"hand":    {"give|gives|gave|show|shows|showed|tell|tells|told|walk|walks|walked|offer|offers|offered"},
	"press":   {"push|persuade|persuades|persuaded|convince|convinces|convinced|remind|reminds|reminded|educate|upsell|help"},
	"offer":   {"offer|offers|offered|offering|grant|granted|give|gave"},
	"uncover": {"uncover|uncovers|uncovered|uncovering|discover|discovered|discovering|qualify|qualified|qualifying|understand|understood|understanding|identify|identified|identifying|explore|explored|exploring|learn|map|research|researched|assess|assessed|analyze|analyse"},

	// when and how, which changes nothing about who does it
	"when": {
		"by|via|after|before|within|next|in|on|at|over|during @whenword @whenword? @whenword? @whenword?",
		"this|every|each week|month|quarter|day|call",
		"today|tomorrow|again|soon|later|asap|now|quickly|promptly|first|onsite|on_site|remotely",
	},
	"whenword": {
		"the|a|an|one|two|three|four|five|six|few|couple|of|day|days|week|weeks|month|months|hour|hours|quarter",
		"monday|tuesday|wednesday|thursday|friday|saturday|sunday|end|next|first|last|time|week's",
		"call|meeting|demo|presentation|pitch|email|e_mail|mail|phone|post|person|lunch|zoom|video|[0-9]+(?:th|st|nd|rd|h|d|w)?",
	},

	// what a sale turns on: topics, which nobody does
	"topic": {
		"budget|budgets|need|needs|authority|timeline|timing|pain|pains|pain_point|pain_points|decision_maker|decision_makers",
		"decision_process|decision_criteria|economic_buyer|champion|stakeholders|use_case|use_cases|interest|fit|urgency",
	},
	"theme": {
		"@topic", "@feeling", "discovery|qualification|rapport|trust|relationship|awareness|consideration|engagement|requirements|metrics|competition",
		"bant|meddic|meddpicc|spin|champ|next_steps|negotiation|negotiations|contract_negotiation|price_negotiation|closing|enthusiasm|buy_in|prospecting|needs_analysis|perception_analysis|value_proposition",
		"objections|objection_handling|@paper|@show|price_quote|proposal_price_quote|negotiation_review",
		"paper_process|decision_makers|id_decision_makers|buying_signals|nurturing|lead|opportunity|warm_lead|hot_lead|power|priority|compelling_event",
	},
	"feeling": {
		"rapport|trust|interest|relationship|relationships|awareness|credibility|confidence|momentum|urgency|engagement|excitement|goodwill|enthusiasm|connection|likeability",
	},
	"pleasant": {"good|great|strong|positive|warm|nice|pleasant|friendly|better|high|real|solid|very|really|excellent|healthy|genuine|productive|constructive"},
	"occasion": {"conversation|conversations|chat|call|meeting|talk|discussion|vibe|vibes|chemistry|impression|feeling|atmosphere|mood|feedback|reaction|response|signals|signs|sentiment|understanding|session"},
	"mood": {
		"interested|keen|excited|happy|enthusiastic|convinced|impressed|curious|positive|warm|hot|cold|aware|satisfied|motivated|qualified|unqualified|engaged|on_board|onboard|bought_in|receptive|friendly|confident|optimistic|eager|ready_to_buy|qualified_to_buy|serious|undecided|pleased|delighted",
	},
	"most":     {"very|really|quite|highly|genuinely|seriously|somewhat|more|fully|truly|extremely|still|super|totally|not"},
	"withwhom": {"with|from|at|about|in|of|for the|our|a|their? [a-z0-9']+ [a-z0-9']+?"},
	"they":     {"they|they're", "the|our|a? client|customer|prospect|buyer|lead|champion|decision_maker|economic_buyer|contact|cfo|ceo|team"},
	"be":       {"is|are|was|were|been|has_been|have_been|seems|seem|feels|feel|looks|look|sounds|sound"},
	"found":    {"confirmed|identified|known|established|qualified|understood|clear|clarified|discovered|uncovered|exists|found|available|there|bought_in|engaged"},
}

// sellerWording matches what the seller does.
var sellerWording = wording(
	// Send the proposal, We'll email them a quote, Present pricing by Friday
	"@we? @send out|over? @whom? @the? @paper @towhom? @when?",
	"@we? @send out|over? @whom? @the? @leaflet @towhom? @when?",
	"@we? @send|share|shared out|over|the|some|more* information|info|details|material|references @towhom @when?",
	"@we? give|gives|gave @whom @the? @paper|@leaflet|@contract @when?",
	"@we? send|sends|sent|sending|email|emailed out|over? @whom? @the? @contract @towhom? @when?",
	"@we? @prepare @the? @paper @towhom? @when?",
	"@we? share|shares|shared|sharing @the? @paperkind* pricing|price_list|quote|brochure @towhom? @when?",
	"@we? share|shares|shared|sharing|present|presents|presented|presenting @the? @paper|@leaflet|@contract @towhom @when?",
	"@we? present|presents|presented|presenting @the? @leaflet|offer @when?",
	"quote|quoted|quoting|name the|a|our price|prices|pricing",

	// Give a demo of the product, Deliver training
	"@we? @give @whom? @the? @show @ofproduct? @towhom? @when?",
	"@we? deliver|delivers|delivered|delivering|give|gave|provide|provided|conduct|conducted @whom? @the? @training @towhom? @when?",

	// Present the solution, Demo the tool, Show the client our platform
	"@we? @demo @whom? @the? @product @towhom? @when?",
	"@we? @demo @the? @paper @towhom? @when?",
	"@we? demo|demoed|demonstrate|demonstrated|pitch|pitched|sell the|a|our? tool|app|service|services|value @towhom? @when?",
	"@we? deliver|delivered @the? @product @towhom? @when?",
	"@we? demo|present|presents|presented|presenting|demonstrate|pitch|pitched to|for @whom @when?",

	// Call them back, Email the client, Show them how it works
	"@we? @call @whom back|again? @when?",
	"@we? @hand them the|a|an|our|how|what|why|that|some|more|about|through [a-z0-9']+*",
	"@we? @press|get|ask @whom to [a-z0-9']+*",
	"@we? @press them",
	"@we send|sends|give|gives|call|calls|email|emails|show|shows|demo|demos|present|presents|explain|explains|prepare|prepares|deliver|delivers|follow|follows|provide|provides|visit|visits|pitch|pitches|build|builds back|up? @towhom? @when?",

	// Follow up with them, Follow up on the quote, Reach out, Touch base
	"@we? follow|follows|followed|following up @towhom? @when?",
	"@we? follow|follows|followed|following up on|about|after the|a|our? @paper|@show|call|meeting|email|voicemail|offer @towhom? @when?",
	"@we? follow|followed|following @whom up @when?",
	"@we? reach|reached|reaching out @towhom? @when?",
	"@we? touch|touched|touching base @towhom? @when?",
	"@we? check|checked|circle|get|got|checking|circling in|back @towhom @when?",
	"leave|left a? voicemail|voice_mail|message @towhom?",

	// Uncover needs, Understand their process, Qualify the lead
	"@we? @uncover @their [a-z0-9']+*",
	"@we? answer|answered|answering @their [a-z0-9']+? questions",
	"@we? uncover|uncovered|uncovering|qualify|qualified|qualifying|discover the|any? @topic",
	"qualify|qualified|qualifying the|an|a? opportunity|deal|account|lead|leads",

	// Offer a discount, Close the deal, Handle objections, Ask for the order
	"@we? @offer @whom? @the? @paperkind* discount|discounts|rebate|incentive @towhom? @when?",
	"@we? offer|offers|offered|offering @the? free? trial|demo|pilot|proof_of_concept|poc|consultation @towhom? @when?",
	"close|closed|closing|win|won|winning the|this deal|sale|opportunity|account",
	"handle|handled|handling|overcome|overcame|overcoming the|any|all|their? objection|objections",
	"@we? run|ran|running|conduct|conducted|conducting|do|did|perform|performed the|a? discovery|discovery_call|needs_analysis|qualification_call @towhom? @when?",
	"ask|asked|asking for the|a order|business|sale|deal",
	"upsell|cross_sell|cold_call @whom? @when?",

	// Proposal sent, Demo given, Pricing was shared with the client
	"@the? @paper @be? sent|emailed|mailed|submitted|issued|delivered|presented|provided|prepared|made|out|drafted @towhom? @when?",
	"@the? @leaflet @be? sent|emailed|mailed|delivered|presented|provided @towhom? @when?",
	"@the? @contract @be? sent|emailed|mailed|presented @towhom? @when?",
	"@the? @paperkind* pricing|price_list|quote|brochure @be? shared @towhom? @when?",
	"@the? @paper|@leaflet|@contract @be? shared|sent|given|presented|shown @towhom @when?",
	"@the? @show @be? given|done|delivered|completed|held|performed|conducted|presented|shown|made|finished @towhom? @when?",
	"@the? @training @be? given|delivered|provided|conducted @towhom? @when?",
	"@the? @product @be? presented|shown|demoed|demonstrated|pitched|explained @towhom? @when?",
	"@client @be? called|contacted|emailed|qualified|visited|reminded|chased @when?",
	"discount @be? offered|given|granted @towhom? @when?",
	"first|initial? contact|call|calls|cold_call|cold_calls @be? made @when?",
	"voicemail|voice_mail @be? left",
	"follow_up @be? sent|done|made|completed @towhom? @when?",
	"followed_up",

	// Proposal to the client
	"@the? @paper|@show|@training to|for @whom @when?",
)

// topicWording matches a mood or a topic: what nobody does.
var topicWording = wording(
	// Discovery, Needs, Strong champion, The budget
	"the|a|an|our? client|customer|buyer? @pleasant* @theme",
	"id|identified|confirmed|known @topic",

	// Interested, They seem very keen, Excited about the product
	"@they? @be? @most* @mood",
	"@they? @be? @most* interested|keen|excited|happy|enthusiastic|impressed|curious|positive|satisfied|pleased|confident in|about|on|by|with|to_buy the|a|our|us|it|this|what? product|products|demo|solution|idea|proposal|offer|pitch|presentation|us|it|we_do|platform|software|company|price|team?",
	"be|feel|seem|stay|become @most* @mood [a-z0-9']+*",

	// Good relationship, Great call with the CFO
	"the|a|an? @pleasant @pleasant* @occasion|@feeling @withwhom?",
	"a? close relationship|connection @withwhom?",

	// Build rapport, Create a sense of urgency
	"build|builds|built|building|establish|established|establishing|create|created|creating|develop|developed|developing|gain|gained|gaining|earn|earned|maintain|strengthen|foster|generate|generated|win|raise|spark|nurture|deepen|grow a|an|the|their|some? sense_of? @pleasant* @feeling @withwhom?",
	"@they? show|shows|showed|showing|shown|has|have @pleasant* interest|enthusiasm|excitement @withwhom?",
	"@they? has|have a|an|the? @pleasant* need|budget|pain|authority|urgency|interest @withwhom?",
	"@they? like|likes|love|loves|liked|loved|enjoy|enjoyed|enjoys the|our|it? product|demo|idea|solution|proposal|pitch|presentation|us|it|team|platform|meeting|concept",
	"@they? see|sees|understand|understands|recognize|recognise|appreciate the|our? value|benefits|value_proposition|need",
	"think|thinks|thinking it|this|that over|through?",
	"think|thinks|thinking about it|this|that|us|the_proposal|the_offer",
	"consider|considers|considering it|us|the_offer|the_proposal|the_product|the_solution|our_proposal|our_offer",
	"trust|trusts|like|likes us",

	// Budget confirmed, Decision maker identified
	"the|a|an? client|customer? @pleasant* @topic|problem|opportunity|bant|fit @be? @most* @found",
	"@feeling|buy_in @be? built|established|created|gained|shown|building|won",
	"negotiation|negotiations started|ongoing|in_progress|begun",
	"keep|stay|remain in_touch|top_of_mind",
	"in negotiation|discovery|evaluation|qualification|discussion|discussions|talks",
)
