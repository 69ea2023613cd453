//! What a kit is about.
use base::words;

words! {
    /// What a kit is about: galleries are filtered by it.
    Topic {
        ProductLaunch = "product_launch",
        Webinar = "webinar",
        Assessment = "assessment",
        CaseStudy = "case_study",
        Renewal = "renewal",
        Event = "event",
        Newsletter = "newsletter",
        Migration = "migration",
        Security = "security",
        Seasonal = "seasonal",
        Referral = "referral",
        Nurture = "nurture",
    }
}
