-- referral: whom to turn to, found by answering questions.
--
-- In: data/referral.yaml (its head explains it). Out: a page for each question and each outcome, in each language; the first question is
-- the section's own page, where a script walks the questions without leaving it. What is broken in the tree is told by check, and makes no page.

local FILE, SECTION = "data/referral.yaml", "referral"
local OUTCOMES = SECTION .. "/help"

-- The address of what an answer leads to; nil: nothing of this name.
local function address (data, key)
	if key == data.start then return SECTION end
	if by_key(data.questions)[key] then return SECTION .. "/" .. key end
	return by_key(data.outcomes)[key] and OUTCOMES .. "/" .. key or nil
end

local function said (value, lang) return plain(text_of(value, lang)) end

-- ## A question

local function answers (data, question, lang)
	local lines = {}
	for _, answer in ipairs(question.answers or {}) do
		local to = address(data, answer.to)
		if to then add(lines, "- [" .. said(answer.text, lang) .. "](/" .. to .. ")") end
	end
	return table.concat(lines, "\n")
end

local function question_page (data, question, lang, weight)
	local first = question.key == data.start
	local body = answers(data, question, lang)
	if first then body = t_in(lang, "referral_intro") .. "\n\n## " .. said(question.ask, lang) .. "\n\n" .. body .. "\n\n```referral\n```\n" end
	return {
		key = address(data, question.key), lang = lang, from = question, body = body, weight = weight,
		title = first and t_in(lang, "referral_title") or question.ask[lang],
		description = first and t_in(lang, "referral_description") or nil,
		layout = first and "referral:start" or "referral:question",
		sensitive = question.sensitive, search = first, status = first and data.status or nil,
	}
end

-- ## An outcome

local function agency (one, lang)
	local name = said(one.name, lang)
	if one.page then name = "[" .. name .. "](/" .. one.page .. ")" end
	if one.phone then name = "[**" .. phone(one.phone) .. "**](tel:" .. tel(one.phone) .. ") " .. name end
	if one.site then name = name .. " ([" .. string.match(one.site, "//([^/]+)") .. "](" .. one.site .. "))" end
	return name
end

-- A heading and a list of the texts that LINE makes of keys' entries; nothing where there are none.
local function part (lines, title, mark, list, line)
	if #list == 0 then return end
	add(lines, "## " .. title, "")
	for _, entry in ipairs(list) do add(lines, mark .. line(entry)) end
	add(lines, "")
end

local function known (keys, of)
	local list = {}
	for _, key in ipairs(keys or {}) do list[#list + 1] = of[key] end
	return list
end

local function outcome_page (data, outcome, lang, weight)
	local lines = {}
	local function whom ()
		part(lines, t_in(lang, "referral_whom"), "- ", known(outcome.agencies, by_key(data.agencies)), function (one) return agency(one, lang) end)
	end
	if outcome.urgent then whom() end
	part(lines, t_in(lang, "referral_steps"), "1. ", outcome.steps or {}, function (step) return said(step, lang) end)
	if not outcome.urgent then whom() end
	part(lines, t_in(lang, "referral_carry"), "- ", known(outcome.carry, by_key(data.papers)), function (paper) return said(paper.text, lang) end)
	part(lines, t_in(lang, "referral_more"), "- ", outcome.pages or {}, function (key) return "[[" .. key .. "]]" end)
	return {
		key = OUTCOMES .. "/" .. outcome.key, lang = lang, from = outcome, title = outcome.title[lang], body = table.concat(lines, "\n"),
		weight = weight, layout = outcome.urgent and "referral:urgent" or "referral:outcome", sensitive = outcome.sensitive, status = data.status,
		search = false,
	}
end

local function pages (site)
	local data, made = site.table(FILE), {}
	if not data then return nil end
	for language in each(site.languages) do
		local lang = language.code
		for i, question in ipairs(data.questions or {}) do add(made, question_page(data, question, lang, i)) end
		made[#made + 1] = { key = OUTCOMES, lang = lang, title = t_in(lang, "referral_all"), body = t_in(lang, "referral_all_text"), weight = 1000 }
		for i, outcome in ipairs(data.outcomes or {}) do add(made, outcome_page(data, outcome, lang, i)) end
	end
	return made
end

-- ## The script's part of the first page: the other questions, hidden until they are asked. A sensitive one has the quick exit only on
-- its own page, so it stands there alone.

local function wizard (_, _, page)
	local data, lang, parts = site.table(FILE), page.lang, {}
	if not data then return "" end
	for _, question in ipairs(data.questions) do
		if question.key ~= data.start and not question.sensitive then
			add(parts, '<section hidden id="q-', question.key, '"><h2 tabindex="-1">', escape(question.ask[lang]), "</h2><ul>")
			for _, answer in ipairs(question.answers) do
				local to = address(data, answer.to)
				if to then add(parts, '<li><a href="/', lang, "/", to, '/">', escape(answer.text[lang]), "</a></li>") end
			end
			add(parts, "</ul></section>")
		end
	end
	return { web = table.concat(parts), script = "wizard.js" }
end

-- ## What is wrong in the tree

local function check_answers (data, question, tell)
	if #(question.answers or {}) < 2 then tell { id = "few", at = question, message = "the question '" .. question.key .. "' has fewer than two answers" } end
	for _, answer in ipairs(question.answers or {}) do
		if not address(data, answer.to) then
			tell { id = "to", severity = "error", at = answer, message = "no question and no outcome '" .. tostring(answer.to) .. "'",
				hint = "add one with this key, or name another in 'to'" }
		end
	end
end

-- Every way from KEY on; way: the keys before it. A circle would ask the same question for ever.
local function walk (questions, key, way, seen, tell)
	local question = questions[key]
	if way[key] then
		tell { id = "circle", severity = "error", at = question, message = "the question '" .. key .. "' leads back to itself" }
		return
	end
	if seen[key] then return end
	seen[key], way[key] = true, true
	for _, answer in ipairs(question and question.answers or {}) do walk(questions, answer.to, way, seen, tell) end
	way[key] = nil
end

local function check_outcome (data, outcome, tell)
	local function all (name, of, what)
		for _, key in ipairs(outcome[name] or {}) do
			if not of[key] then tell { id = "unknown", severity = "error", at = outcome, message = "no " .. what .. " '" .. tostring(key) .. "'" } end
		end
	end
	all("agencies", by_key(data.agencies), "agency")
	all("carry", by_key(data.papers), "paper")
	if #(outcome.agencies or {}) == 0 then
		tell { id = "nobody", severity = "error", at = outcome, message = "the outcome '" .. outcome.key .. "' names nobody to turn to" }
	end
end

local function check (_, tell)
	local data, seen = site.table(FILE), {}
	if not data then return end
	local questions = by_key(data.questions)
	if not questions[data.start] then
		tell { id = "start", severity = "error", at = data, message = "'start' must name a question, not '" .. tostring(data.start) .. "'" }
		return
	end
	walk(questions, data.start, {}, seen, tell)
	for _, question in ipairs(data.questions) do check_answers(data, question, tell) end
	for _, outcome in ipairs(data.outcomes or {}) do check_outcome(data, outcome, tell) end
	for _, list in ipairs({ data.questions, data.outcomes or {} }) do
		for _, entry in ipairs(list) do
			if not seen[entry.key] then tell { id = "unreached", at = entry, message = "no answer leads to '" .. entry.key .. "'" } end
		end
	end
end

return { pages = pages, blocks = { referral = wizard }, check = check }
