-- questionnaire: questions of a centre, to be answered on paper or on the phone, and what came back, counted.
--
-- In: data/questionnaire.yaml (its head explains it); the answers that came back, a CSV that its "answers" names. Out: the blocks
-- ```questionnaire KEY (a paper form, which a script makes live) and ```questionnaire-summary KEY (tables of counts), and a CSV of the counts.
-- An answer leaves a phone only as a message that its owner sends: "returning.1 sex=f age=from25 problems=wages+police advice=…".

local FILE = "data/questionnaire.yaml"
local LINE = "\\________________________________" -- a line for the pen; of underscores alone it would be a rule

local function read () return (site.table(FILE) or {}).questionnaires or {} end

local function find (key)
	return by_key(read())[key] or error("no questionnaire '" .. tostring(key) .. "' in " .. FILE)
end

-- All questions in order, of all parts.
local function questions (one)
	local list = {}
	for _, chapter in ipairs(one.parts or {}) do
		for _, question in ipairs(chapter.questions or {}) do list[#list + 1] = question end
	end
	return list
end

-- ## The form

local HINTS = { several = "questionnaire_several", number = "questionnaire_number" }

-- "only if question 12 was answered: …", for paper; on the phone the question comes and goes by itself.
local function condition (one, question, lang)
	for i, other in ipairs(questions(one)) do
		if other.key == question.only_if.question then
			local words, wanted = {}, {}
			for _, key in ipairs(question.only_if.is) do wanted[key] = true end
			for _, option in ipairs(other.options or {}) do
				if wanted[option.key] then words[#words + 1] = plain(option.text[lang]) end
			end
			return " (" .. t_in(lang, "questionnaire_only", { n = i, answers = table.concat(words, "; ") }) .. ")"
		end
	end
	return ""
end

local function ask (lines, one, number, question, lang)
	local hint = HINTS[question.kind] and " (" .. t_in(lang, HINTS[question.kind]) .. ")" or ""
	if question.only_if then hint = hint .. condition(one, question, lang) end
	add(lines, "**" .. number .. ". " .. plain(question.ask[lang]) .. "**" .. hint, "")
	for _, option in ipairs(question.options or {}) do add(lines, "- [ ] " .. plain(option.text[lang])) end
	if question.kind == "number" then add(lines, LINE) end
	if question.kind == "text" then add(lines, LINE .. "\\", LINE .. "\\", LINE) end
	add(lines, "")
end

-- What the script must know of each question, in one text: "key kind option option … ?other=option+option", a question a line.
local function rules (one)
	local lines = {}
	for i, question in ipairs(questions(one)) do
		local words = { question.key, question.kind }
		for _, option in ipairs(question.options or {}) do add(words, option.key) end
		if question.kind == "number" then add(words, tostring(question.min or 0), tostring(question.max or 9999)) end
		if question.kind == "text" then add(words, tostring(question.length or 500)) end
		if question.only_if then add(words, "?" .. question.only_if.question .. "=" .. table.concat(question.only_if.is, "+")) end
		lines[i] = table.concat(words, " ")
	end
	return table.concat(lines, "|")
end

local function sending (one, lang)
	local send, parts = one.send or {}, {}
	add(parts, '<div hidden class="sending" data-uses="ask check label textarea" data-of="',
		one.key, ".", tostring(one.version), '" data-questions="', escape(rules(one)), '"><p>',
		escape(t_in(lang, "questionnaire_send")), '</p><p><output></output></p><p class="chips">')
	for _, way in ipairs({ "share", "sms", "mail", "copy", "clear" }) do
		add(parts, '<button type="button" data-do="', way, '" data-to="', escape(tostring(send[way] or "")), '">', escape(t_in(lang, "questionnaire_" .. way)), "</button>")
	end
	add(parts, '</p><p role="status" data-done="', escape(t_in(lang, "questionnaire_copied")), '"></p></div>')
	return table.concat(parts)
end

local function form (args, _, page)
	local one, lang, lines, number = find(args[1]), page.lang, {}, 0
	for _, chapter in ipairs(one.parts) do
		add(lines, "## " .. plain(chapter.title[lang]), "")
		for _, question in ipairs(chapter.questions) do
			number = number + 1
			ask(lines, one, number, question, lang)
		end
	end
	add(lines, plain(one.thanks[lang]) .. (one.page and " [[" .. one.page .. "]]" or ""))
	return {
		plain(one.intro[lang]), { "callout", kind = "important", plain(one.privacy[lang]) }, table.concat(lines, "\n"),
		web = sending(one, lang), script = "answers.js", style = "answers.css",
	}
end

-- ## What came back

-- A row's answers by question. A row has a column for each question, or the message as it came in "message".
local function answers (row)
	if (row.message or "") == "" then return row end
	local found = {}
	found.questionnaire, found.version = string.match(row.message, "^%s*([%w_-]+)%.(%d+)")
	for key, value in string.gmatch(row.message, "([%w_-]+)=([^%s=]+)") do found[key] = found[key] or value end
	return found
end

-- The answers to one questionnaire in its present version; nil: none came back.
local function returned (one)
	if not one.answers then return nil end
	local list = {}
	for _, row in ipairs(site.csv(one.answers)) do
		local found = answers(row)
		if (found.questionnaire or one.key) == one.key and tonumber(found.version) == one.version then list[#list + 1] = { found = found, row = row } end
	end
	return list
end

-- How often each option was chosen, and how many answered.
local function count (list, question)
	local times, answered = {}, 0
	for _, entry in ipairs(list) do
		local value = entry.found[question.key] or ""
		if value ~= "" then answered = answered + 1 end
		for option in string.gmatch(value, "[^+]+") do times[option] = (times[option] or 0) + 1 end
	end
	return times, answered
end

-- The number that TEXT is, where the question allows it.
local function within (text, question)
	local n = tonumber(text)
	return n and n >= (question.min or 0) and n <= (question.max or 9999) and n or nil
end

-- Smallest, middle and largest of the numbers; nil: none.
local function spread (list, question)
	local numbers = {}
	for _, entry in ipairs(list) do numbers[#numbers + 1] = within(entry.found[question.key], question) end
	table.sort(numbers)
	return numbers[1], numbers[math.ceil(#numbers / 2)], numbers[#numbers], #numbers
end

local function path_of (one, lang)
	return lang .. "/questionnaire/" .. one.key .. ".csv"
end

-- Texts are not shown: who writes freely may name people.
local function table_of (list, question, lang)
	local title = { "heading", level = 2, plain(question.ask[lang]) }
	if question.kind == "number" then
		local least, middle, most, answered = spread(list, question)
		if answered == 0 then return nil end
		return title, { "paragraph", t_in(lang, "questionnaire_spread", { least = number(least), middle = number(middle), most = number(most), n = number(answered) }) }
	end
	if not question.options then return nil end
	local times, answered = count(list, question)
	local rows = {}
	for i, option in ipairs(question.options) do
		local n = times[option.key] or 0
		rows[i] = { plain(option.text[lang]), number(n), answered > 0 and number(math.floor(100 * n / answered + 0.5)) .. " %" or "" }
	end
	return title, { "table", head = { t_in(lang, "questionnaire_answer"), t_in(lang, "questionnaire_count"), "%" }, rows = rows, align = { "left", "right", "right" } }
end

local function summary (args, _, page)
	local one, lang = find(args[1]), page.lang
	local list = returned(one)
	if not list or #list == 0 then return t_in(lang, "questionnaire_none") end
	local nodes = { { "paragraph", t_in(lang, "questionnaire_total", { n = number(#list) }) .. " [CSV](/" .. path_of(one, lang) .. ")" } }
	for _, question in ipairs(questions(one)) do add(nodes, table_of(list, question, lang)) end
	return nodes
end

local function files (site)
	local made = {}
	for _, one in ipairs(read()) do
		local list = returned(one)
		for language in each(list and #list > 0 and site.languages or {}) do
			local lang, rows = language.code, {}
			for _, question in ipairs(questions(one)) do
				local times, answered = count(list, question)
				for _, option in ipairs(question.options or {}) do
					rows[#rows + 1] = { question = question.ask[lang], answer = option.text[lang], count = times[option.key] or 0, answered = answered }
				end
			end
			made[#made + 1] = { path = path_of(one, lang), body = csv(rows, { "question", "answer", "count", "answered" }) }
		end
	end
	return made
end

-- ## What is wrong in the table and in the answers

local function check_answer (one, entry, tell)
	for _, question in ipairs(questions(one)) do
		local value, of = entry.found[question.key] or "", {}
		for _, option in ipairs(question.options or {}) do of[option.key] = true end
		for option in string.gmatch(question.options and value or "", "[^+]+") do
			if not of[option] then tell { id = "answer", at = entry.row, message = "'" .. option .. "' is no answer to '" .. question.key .. "'" } end
		end
		if question.kind == "number" and value ~= "" and not within(value, question) then
			tell { id = "number", at = entry.row,
				message = "'" .. value .. "' is no number from " .. (question.min or 0) .. " to " .. (question.max or 9999) .. " for '" .. question.key .. "'" }
		end
	end
end

local function check (_, tell)
	for _, one in ipairs(read()) do
		local known = {}
		for _, question in ipairs(questions(one)) do
			if question.only_if and not known[question.only_if.question] then
				tell { id = "order", severity = "error", at = question,
					message = "'only_if' must name a question before '" .. question.key .. "', not '" .. tostring(question.only_if.question) .. "'" }
			end
			known[question.key] = true
		end
		for _, entry in ipairs(returned(one) or {}) do check_answer(one, entry, tell) end
	end
end

return { blocks = { questionnaire = form, ["questionnaire-summary"] = summary }, files = files, check = check }
