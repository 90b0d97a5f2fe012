//! GitHub's webhooks, as one would write them without a generator. They check nothing.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

/// A time, as a number of seconds or as text.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
pub enum Time {
    Seconds(i64),
    Text(String),
}

/// What an organisation says about a repository.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
pub enum Property {
    One(String),
    Several(Vec<String>),
}

#[derive(Serialize, Deserialize)]
pub struct Push {
    pub r#ref: String,
    pub before: String,
    pub after: String,
    pub created: bool,
    pub deleted: bool,
    pub forced: bool,
    pub base_ref: Option<String>,
    pub compare: String,
    pub commits: Vec<Commit>,
    pub head_commit: Option<Commit>,
    pub repository: Repository,
    pub pusher: Committer,
    pub sender: User,
    pub installation: Option<InstallationLite>,
    pub organization: Option<Organization>,
}

#[derive(Serialize, Deserialize)]
pub struct Commit {
    pub id: String,
    pub tree_id: String,
    pub distinct: bool,
    pub message: String,
    pub timestamp: String,
    pub url: String,
    pub author: Committer,
    pub committer: Committer,
    pub added: Vec<String>,
    pub modified: Vec<String>,
    pub removed: Vec<String>,
}

#[derive(Serialize, Deserialize)]
pub struct Committer {
    pub name: String,
    pub email: Option<String>,
    pub date: Option<String>,
    pub username: Option<String>,
}

#[derive(Serialize, Deserialize)]
pub struct Repository {
    pub id: i64,
    pub node_id: String,
    pub name: String,
    pub full_name: String,
    pub private: bool,
    pub owner: User,
    pub html_url: String,
    pub description: Option<String>,
    pub fork: bool,
    pub url: String,
    pub forks_url: String,
    pub keys_url: String,
    pub collaborators_url: String,
    pub teams_url: String,
    pub hooks_url: String,
    pub issue_events_url: String,
    pub events_url: String,
    pub assignees_url: String,
    pub branches_url: String,
    pub tags_url: String,
    pub blobs_url: String,
    pub git_tags_url: String,
    pub git_refs_url: String,
    pub trees_url: String,
    pub statuses_url: String,
    pub languages_url: String,
    pub stargazers_url: String,
    pub contributors_url: String,
    pub subscribers_url: String,
    pub subscription_url: String,
    pub commits_url: String,
    pub git_commits_url: String,
    pub comments_url: String,
    pub issue_comment_url: String,
    pub contents_url: String,
    pub compare_url: String,
    pub merges_url: String,
    pub archive_url: String,
    pub downloads_url: String,
    pub issues_url: String,
    pub pulls_url: String,
    pub milestones_url: String,
    pub notifications_url: String,
    pub labels_url: String,
    pub releases_url: String,
    pub deployments_url: String,
    pub created_at: Time,
    pub updated_at: String,
    pub pushed_at: Option<Time>,
    pub git_url: String,
    pub ssh_url: String,
    pub clone_url: String,
    pub svn_url: String,
    pub homepage: Option<String>,
    pub size: i64,
    pub stargazers_count: i64,
    pub watchers_count: i64,
    pub language: Option<String>,
    pub has_issues: bool,
    pub has_projects: bool,
    pub has_downloads: bool,
    pub has_wiki: bool,
    pub has_pages: bool,
    pub has_discussions: Option<bool>,
    pub forks_count: i64,
    pub mirror_url: Option<String>,
    pub archived: bool,
    pub disabled: Option<bool>,
    pub open_issues_count: i64,
    pub license: Option<License>,
    pub forks: i64,
    pub open_issues: i64,
    pub watchers: i64,
    pub stargazers: Option<i64>,
    pub default_branch: String,
    pub allow_squash_merge: Option<bool>,
    pub allow_merge_commit: Option<bool>,
    pub allow_rebase_merge: Option<bool>,
    pub allow_auto_merge: Option<bool>,
    pub allow_forking: Option<bool>,
    pub allow_update_branch: Option<bool>,
    pub use_squash_pr_title_as_default: Option<bool>,
    pub squash_merge_commit_message: Option<String>,
    pub squash_merge_commit_title: Option<String>,
    pub merge_commit_message: Option<String>,
    pub merge_commit_title: Option<String>,
    pub is_template: bool,
    pub web_commit_signoff_required: bool,
    pub topics: Vec<String>,
    pub visibility: RepositoryVisibility,
    pub delete_branch_on_merge: Option<bool>,
    pub master_branch: Option<String>,
    pub permissions: Option<RepositoryPermissions>,
    pub public: Option<bool>,
    pub organization: Option<String>,
    pub custom_properties: HashMap<String, Option<Property>>,
}

#[derive(Serialize, Deserialize)]
pub struct User {
    pub login: String,
    pub id: i64,
    pub node_id: String,
    pub name: Option<String>,
    pub email: Option<String>,
    pub avatar_url: String,
    pub gravatar_id: String,
    pub url: String,
    pub html_url: String,
    pub followers_url: String,
    pub following_url: String,
    pub gists_url: String,
    pub starred_url: String,
    pub subscriptions_url: String,
    pub organizations_url: String,
    pub repos_url: String,
    pub events_url: String,
    pub received_events_url: String,
    pub r#type: UserType,
    pub site_admin: bool,
}

#[derive(Serialize, Deserialize)]
pub enum UserType {
    #[serde(rename = "Bot")]
    Bot,
    #[serde(rename = "User")]
    User,
    #[serde(rename = "Organization")]
    Organization,
}

#[derive(Serialize, Deserialize)]
pub struct License {
    pub key: String,
    pub name: String,
    pub spdx_id: String,
    pub url: Option<String>,
    pub node_id: String,
}

#[derive(Serialize, Deserialize)]
pub enum RepositoryVisibility {
    #[serde(rename = "public")]
    Public,
    #[serde(rename = "private")]
    Private,
    #[serde(rename = "internal")]
    Internal,
}

#[derive(Serialize, Deserialize)]
pub struct RepositoryPermissions {
    pub pull: bool,
    pub push: bool,
    pub admin: bool,
    pub maintain: Option<bool>,
    pub triage: Option<bool>,
}

#[derive(Serialize, Deserialize)]
pub struct InstallationLite {
    pub id: i64,
    pub node_id: String,
}

#[derive(Serialize, Deserialize)]
pub struct Organization {
    pub login: String,
    pub id: i64,
    pub node_id: String,
    pub url: String,
    pub html_url: Option<String>,
    pub repos_url: String,
    pub events_url: String,
    pub hooks_url: String,
    pub issues_url: String,
    pub members_url: String,
    pub public_members_url: String,
    pub avatar_url: String,
    pub description: Option<String>,
}

#[derive(Serialize, Deserialize)]
pub struct IssuesOpened {
    pub action: IssuesOpenedAction,
    pub changes: Option<IssuesOpenedChanges>,
    pub issue: Issue,
    pub repository: Repository,
    pub sender: User,
    pub installation: Option<InstallationLite>,
    pub organization: Option<Organization>,
}

#[derive(Serialize, Deserialize)]
pub enum IssuesOpenedAction {
    #[serde(rename = "opened")]
    Opened,
}

#[derive(Serialize, Deserialize)]
pub struct IssuesOpenedChanges {
    pub old_issue: Issue,
    pub old_repository: Repository,
}

#[derive(Serialize, Deserialize)]
pub struct Issue {
    pub url: String,
    pub repository_url: String,
    pub labels_url: String,
    pub comments_url: String,
    pub events_url: String,
    pub html_url: String,
    pub id: i64,
    pub node_id: String,
    pub number: i64,
    pub title: String,
    pub user: User,
    pub labels: Option<Vec<Label>>,
    pub state: Option<State>,
    pub locked: Option<bool>,
    pub assignee: Option<User>,
    pub assignees: Vec<User>,
    pub milestone: Option<Milestone>,
    pub comments: i64,
    pub created_at: String,
    pub updated_at: String,
    pub closed_at: Option<String>,
    pub author_association: AuthorAssociation,
    pub active_lock_reason: Option<IssueActiveLockReason>,
    pub draft: Option<bool>,
    pub performed_via_github_app: Option<App>,
    pub pull_request: Option<IssuePullRequest>,
    pub body: Option<String>,
    pub reactions: Reactions,
    pub timeline_url: Option<String>,
    pub state_reason: Option<String>,
}

#[derive(Serialize, Deserialize)]
pub struct Label {
    pub id: i64,
    pub node_id: String,
    pub url: String,
    pub name: String,
    pub description: Option<String>,
    pub color: String,
    pub default: bool,
}

#[derive(Serialize, Deserialize)]
pub enum State {
    #[serde(rename = "open")]
    Open,
    #[serde(rename = "closed")]
    Closed,
}

#[derive(Serialize, Deserialize)]
pub struct Milestone {
    pub url: String,
    pub html_url: String,
    pub labels_url: String,
    pub id: i64,
    pub node_id: String,
    pub number: i64,
    pub title: String,
    pub description: Option<String>,
    pub creator: User,
    pub open_issues: i64,
    pub closed_issues: i64,
    pub state: State,
    pub created_at: String,
    pub updated_at: String,
    pub due_on: Option<String>,
    pub closed_at: Option<String>,
}

#[derive(Serialize, Deserialize)]
pub enum AuthorAssociation {
    #[serde(rename = "COLLABORATOR")]
    Collaborator,
    #[serde(rename = "CONTRIBUTOR")]
    Contributor,
    #[serde(rename = "FIRST_TIMER")]
    FirstTimer,
    #[serde(rename = "FIRST_TIME_CONTRIBUTOR")]
    FirstTimeContributor,
    #[serde(rename = "MANNEQUIN")]
    Mannequin,
    #[serde(rename = "MEMBER")]
    Member,
    #[serde(rename = "NONE")]
    None,
    #[serde(rename = "OWNER")]
    Owner,
}

#[derive(Serialize, Deserialize)]
pub enum IssueActiveLockReason {
    #[serde(rename = "resolved")]
    Resolved,
    #[serde(rename = "off-topic")]
    OffTopic,
    #[serde(rename = "too heated")]
    TooHeated,
    #[serde(rename = "spam")]
    Spam,
}

#[derive(Serialize, Deserialize)]
pub struct App {
    pub id: i64,
    pub slug: Option<String>,
    pub node_id: String,
    pub owner: User,
    pub name: String,
    pub description: Option<String>,
    pub external_url: String,
    pub html_url: String,
    pub created_at: String,
    pub updated_at: String,
    pub permissions: Option<AppPermissions>,
    pub events: Option<Vec<AppEvent>>,
}

#[derive(Serialize, Deserialize)]
pub struct AppPermissions {
    pub actions: Option<Access>,
    pub administration: Option<Access>,
    pub blocking: Option<Access>,
    pub checks: Option<Access>,
    pub content_references: Option<Access>,
    pub contents: Option<Access>,
    pub deployments: Option<Access>,
    pub discussions: Option<Access>,
    pub emails: Option<Access>,
    pub environments: Option<Access>,
    pub followers: Option<Access>,
    pub gpg_keys: Option<Access>,
    pub interaction_limits: Option<Access>,
    pub issues: Option<Access>,
    pub keys: Option<Access>,
    pub members: Option<Access>,
    pub merge_queues: Option<Access>,
    pub metadata: Option<Access>,
    pub organization_administration: Option<Access>,
    pub organization_hooks: Option<Access>,
    pub organization_packages: Option<Access>,
    pub organization_plan: Option<Access>,
    pub organization_projects: Option<Access>,
    pub organization_secrets: Option<Access>,
    pub organization_self_hosted_runners: Option<Access>,
    pub organization_user_blocking: Option<Access>,
    pub packages: Option<Access>,
    pub pages: Option<Access>,
    pub plan: Option<Access>,
    pub pull_requests: Option<Access>,
    pub repository_hooks: Option<Access>,
    pub repository_projects: Option<Access>,
    pub secret_scanning_alerts: Option<Access>,
    pub secrets: Option<Access>,
    pub security_events: Option<Access>,
    pub security_scanning_alert: Option<Access>,
    pub single_file: Option<Access>,
    pub starring: Option<Access>,
    pub statuses: Option<Access>,
    pub team_discussions: Option<Access>,
    pub vulnerability_alerts: Option<Access>,
    pub watching: Option<Access>,
    pub workflows: Option<Access>,
}

#[derive(Serialize, Deserialize)]
pub enum Access {
    #[serde(rename = "read")]
    Read,
    #[serde(rename = "write")]
    Write,
}

#[derive(Serialize, Deserialize)]
pub enum AppEvent {
    #[serde(rename = "branch_protection_rule")]
    BranchProtectionRule,
    #[serde(rename = "check_run")]
    CheckRun,
    #[serde(rename = "check_suite")]
    CheckSuite,
    #[serde(rename = "code_scanning_alert")]
    CodeScanningAlert,
    #[serde(rename = "commit_comment")]
    CommitComment,
    #[serde(rename = "create")]
    Create,
    #[serde(rename = "delete")]
    Delete,
    #[serde(rename = "dependabot_alert")]
    DependabotAlert,
    #[serde(rename = "deployment")]
    Deployment,
    #[serde(rename = "deployment_protection_rule")]
    DeploymentProtectionRule,
    #[serde(rename = "deployment_review")]
    DeploymentReview,
    #[serde(rename = "deployment_status")]
    DeploymentStatus,
    #[serde(rename = "deploy_key")]
    DeployKey,
    #[serde(rename = "discussion")]
    Discussion,
    #[serde(rename = "discussion_comment")]
    DiscussionComment,
    #[serde(rename = "fork")]
    Fork,
    #[serde(rename = "gollum")]
    Gollum,
    #[serde(rename = "issues")]
    Issues,
    #[serde(rename = "issue_comment")]
    IssueComment,
    #[serde(rename = "label")]
    Label,
    #[serde(rename = "member")]
    Member,
    #[serde(rename = "membership")]
    Membership,
    #[serde(rename = "merge_group")]
    MergeGroup,
    #[serde(rename = "merge_queue_entry")]
    MergeQueueEntry,
    #[serde(rename = "milestone")]
    Milestone,
    #[serde(rename = "organization")]
    Organization,
    #[serde(rename = "org_block")]
    OrgBlock,
    #[serde(rename = "page_build")]
    PageBuild,
    #[serde(rename = "project")]
    Project,
    #[serde(rename = "projects_v2_item")]
    ProjectsV2Item,
    #[serde(rename = "project_card")]
    ProjectCard,
    #[serde(rename = "project_column")]
    ProjectColumn,
    #[serde(rename = "public")]
    Public,
    #[serde(rename = "pull_request")]
    PullRequest,
    #[serde(rename = "pull_request_review")]
    PullRequestReview,
    #[serde(rename = "pull_request_review_comment")]
    PullRequestReviewComment,
    #[serde(rename = "pull_request_review_thread")]
    PullRequestReviewThread,
    #[serde(rename = "push")]
    Push,
    #[serde(rename = "registry_package")]
    RegistryPackage,
    #[serde(rename = "release")]
    Release,
    #[serde(rename = "repository")]
    Repository,
    #[serde(rename = "repository_dispatch")]
    RepositoryDispatch,
    #[serde(rename = "repository_ruleset")]
    RepositoryRuleset,
    #[serde(rename = "secret_scanning_alert")]
    SecretScanningAlert,
    #[serde(rename = "secret_scanning_alert_location")]
    SecretScanningAlertLocation,
    #[serde(rename = "security_and_analysis")]
    SecurityAndAnalysis,
    #[serde(rename = "star")]
    Star,
    #[serde(rename = "status")]
    Status,
    #[serde(rename = "team")]
    Team,
    #[serde(rename = "team_add")]
    TeamAdd,
    #[serde(rename = "watch")]
    Watch,
    #[serde(rename = "workflow_dispatch")]
    WorkflowDispatch,
    #[serde(rename = "workflow_job")]
    WorkflowJob,
    #[serde(rename = "workflow_run")]
    WorkflowRun,
}

#[derive(Serialize, Deserialize)]
pub struct IssuePullRequest {
    pub url: Option<String>,
    pub html_url: Option<String>,
    pub diff_url: Option<String>,
    pub patch_url: Option<String>,
    pub merged_at: Option<String>,
}

#[derive(Serialize, Deserialize)]
pub struct Reactions {
    pub url: String,
    pub total_count: i64,
    #[serde(rename = "+1")]
    pub plus_one: i64,
    #[serde(rename = "-1")]
    pub minus_one: i64,
    pub laugh: i64,
    pub hooray: i64,
    pub confused: i64,
    pub heart: i64,
    pub rocket: i64,
    pub eyes: i64,
}

#[derive(Serialize, Deserialize)]
pub struct StarCreated {
    pub action: StarCreatedAction,
    pub starred_at: String,
    pub repository: Repository,
    pub sender: User,
    pub organization: Option<Organization>,
    pub installation: Option<InstallationLite>,
}

#[derive(Serialize, Deserialize)]
pub enum StarCreatedAction {
    #[serde(rename = "created")]
    Created,
}
