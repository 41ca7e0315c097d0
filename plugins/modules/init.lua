-- modules: quizzes of the lessons, a trainer's manual, a certificate.
--
-- In: data/quizzes.yaml (its head explains it) and the lessons it names. Out: the block ```quiz in a lesson's text; modules/manual and
-- modules/certificate in each language. What a reader answers stays on the phone (localStorage `modules`), and goes when it is wiped.

local FILE, SECTION = "data/quizzes.yaml", "modules"

local function read () return site.table(FILE) or {} end

local function said (value, lang) return plain(text_of(value, lang)) end

-- ## A lesson's quiz: the questions for all, the explained answers behind a tap on the web

local function questions (quiz, lang)
	local list = { "list", ordered = true }
	for i, question in ipairs(quiz.questions) do
		local answers = { "list" }
		for a, answer in ipairs(question.answers) do answers[a + 1] = said(answer.text, lang) end
		list[i + 1] = { "**" .. said(question.ask, lang) .. "**", answers }
	end
	return list
end

local function explained (quiz, lang)
	local parts = { '<div class="quiz" data-lesson="', quiz.page, '" data-pass="', read().pass or #quiz.questions, '" data-done="', escape(t_in(lang, "modules_done")),
		'" data-right="', escape(t_in(lang, "modules_right")), '" data-uses="button small"><details><summary>', escape(t_in(lang, "modules_answers")), "</summary><ol>" }
	for _, question in ipairs(quiz.questions) do
		add(parts, '<li data-key="', question.key, '"><ul>')
		for _, answer in ipairs(question.answers) do
			add(parts, answer.right and '<li data-yes="1">' or "<li>", escape(text_of(answer.text, lang)), ": <span>",
				escape(text_of(answer.why, lang)), "</span></li>")
		end
		add(parts, "</ul></li>")
	end
	add(parts, '</ol></details><p role="status" hidden></p></div>')
	return table.concat(parts)
end

local function quiz_block (_, _, page)
	local quiz = by_key(read().quizzes, "page")[page.key]
	if not quiz then error("content/" .. FILE .. " has no quiz for the page '" .. page.key .. "'", 0) end
	return { { "heading", t_in(page.lang, "modules_quiz") .. " {#quiz}" }, questions(quiz, page.lang),
		{ "paragraph", "[" .. t_in(page.lang, "modules_manual") .. "](/" .. SECTION .. "/manual)" },
		web = explained(quiz, page.lang), script = "quiz.js" }
end

-- ## The manual: lesson by lesson, what to ask and how to explain it

local function manual (lang)
	local parts = { t_in(lang, "modules_manual_text") }
	for _, quiz in ipairs(read().quizzes) do
		local lesson = page_by_key(quiz.page)
		if lesson then
			parts[#parts + 1] = { "heading", "[" .. plain(lesson.title) .. "](/" .. quiz.page .. ")" }
			for i, question in ipairs(quiz.questions) do
				local answers = { "list" }
				for a, answer in ipairs(question.answers) do
					answers[a + 1] = (answer.right and "**" .. said(answer.text, lang) .. "**" or said(answer.text, lang)) .. ": " .. said(answer.why, lang)
				end
				parts[#parts + 1] = { "paragraph", "**" .. i .. "\\. " .. said(question.ask, lang) .. "**" }
				parts[#parts + 1] = answers
			end
		end
	end
	return parts
end

-- ## The certificate: lines for a pen; a phone fills in what was passed on it

local function certificate (lang)
	local lines = { t_in(lang, "modules_certificate_text"), "" }
	for _, quiz in ipairs(read().quizzes) do
		local lesson = page_by_key(quiz.page)
		if lesson then lines[#lines + 1] = "- [ ] [" .. plain(lesson.title) .. "](/" .. quiz.page .. ")" end
	end
	for _, word in ipairs { "name", "date", "trainer" } do
		lines[#lines + 1] = "\n" .. t_in(lang, "modules_" .. word) .. ": \\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_"
	end
	return { table.concat(lines, "\n"), script = "quiz.js",
		web = '<div class="certificate" data-uses="button" hidden><button type="button">' .. escape(t_in(lang, "modules_print")) .. "</button></div>" }
end

-- ```course manual, ```course certificate
local function course (args, _, page)
	if args[1] == "manual" then return manual(page.lang) end
	if args[1] == "certificate" then return certificate(page.lang) end
	error("say which: manual or certificate", 0)
end

local function pages (site)
	local made = {}
	if not read().quizzes then return nil end
	for language in each(site.languages) do
		for i, name in ipairs { "manual", "certificate" } do
			made[#made + 1] = {
				key = SECTION .. "/" .. name, lang = language.code, title = t_in(language.code, "modules_" .. name), description = t_in(language.code, "modules_" .. name .. "_text"), weight = 900 + i, status = read().status, search = false,
				body = "```course " .. name .. "\n```\n",
			}
		end
	end
	return made
end

-- ## What is wrong in the quizzes

local function check_question (question, tell)
	local right, name = 0, "the question '" .. tostring(question.key) .. "'"
	for _, answer in ipairs(question.answers or {}) do
		right = right + (answer.right and 1 or 0)
		if not answer.why then tell { id = "why", at = answer, message = "an answer of " .. name .. " is not explained" } end
	end
	if right ~= 1 then
		tell { id = "right", severity = "error", at = question, message = name .. " has " .. right .. " right answers, not one" }
	end
end

local function check (site, tell)
	local there = {}
	for page in each(site.all_pages) do there[page.key] = true end
	for _, quiz in ipairs(read().quizzes or {}) do
		if not there[quiz.page] then tell { id = "lesson", severity = "error", at = quiz, message = "there is no lesson '" .. tostring(quiz.page) .. "'" } end
		for _, question in ipairs(quiz.questions or {}) do check_question(question, tell) end
	end
end

return { pages = pages, check = check, blocks = { quiz = quiz_block, course = course } }
